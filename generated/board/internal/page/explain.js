const known = {
  0: "offline",
  401: "logInFirst",
  403: "forbidden",
  404: "gone",
  410: "gone",
  429: "tooMany",
  501: "notWritten",
  503: "unavailable",
};

// explain says in words what went wrong: the server's own for what a person did, else the page's.
export function explain(t, failure) {
  if (failure.status === undefined) return String(failure.message ?? failure);
  const own = known[failure.status];
  if (own && (failure.status !== 403 || !failure.message)) return t(own);
  return (
    sentence(t.detail(failure.message)) ||
    (failure.status === 400 || failure.status === 422 ? t("invalid") : t("error", { status: failure.status }))
  );
}

const sentence = (text) => text && text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");
