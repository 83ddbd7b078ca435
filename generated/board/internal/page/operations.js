// Which operations sign up, log in and out, say who one is and list sessions.

const secret = /^(password|passwd|pass|passphrase)$/i;

// takesSecret says that a body has a password in it, or in the one thing that it wraps.
function takesSecret(api, operation) {
  const body = api.shape(operation.body?.schema ?? {});
  const inner = Object.values(body.properties ?? {})[0];
  return hasSecret(api, body) || (inner !== undefined && hasSecret(api, api.shape(inner)));
}

function hasSecret(api, shape) {
  return Object.entries(shape.properties ?? {}).some(
    ([name, schema]) => secret.test(name) || api.shape(schema).format === "password",
  );
}

const last = (operation) =>
  operation.path
    .split("/")
    .filter((segment) => segment && !segment.startsWith("{"))
    .at(-1) ?? "";
const named = (operation, path, id) => path.test(last(operation)) || id.test(operation.id);
const top = (operation) => !operation.path.includes("{");

const logInPath = /^(log-?_?in|sign-?_?in|sessions?|tokens?|authenticate|auth)$/i;
const signUpPath = /^(sign-?_?up|register|registrations?|users?|accounts?|members?|people|customers?)$/i;

// accountOperations are {signUp, logIn, logOut, me, sessions, endSession, endAll}, as far as there are any.
export function accountOperations(api) {
  const all = api.operations.filter((operation) => top(operation) || operation.method === "DELETE");
  const posts = all.filter((operation) => operation.method === "POST" && takesSecret(api, operation));
  const asked = (operation) =>
    operation.method === "GET" && operation.parameters.some((p) => p.in === "query" && secret.test(p.name));
  const logIn = posts.find((o) => named(o, logInPath, /^(log|sign)[_-]?in/i)) ?? all.find(asked);
  const signUp =
    posts.find((o) => o !== logIn && named(o, signUpPath, /^(sign[_-]?up|register|create[_-]?user)/i)) ??
    (logIn && other(posts, logIn));
  const found = { signUp: logIn && signUp, logIn, ...afterwards(api, all, logIn) };
  return Object.fromEntries(Object.entries(found).filter(([, operation]) => operation));
}

const other = (posts, logIn) => posts.find((o) => o !== logIn && !/password|reset|token/i.test(o.path));

function afterwards(api, all, logIn) {
  if (!logIn) return {};
  const at = (method, path) => all.find((o) => o.method === method && top(o) && o.path === path);
  const single = (operation) => operation && api.shape(operation.answer ?? {}).type === "object";
  const logOut =
    all.find((o) => top(o) && /^(log-?_?out|sign-?_?out)$/i.test(last(o)) && ["GET", "POST", "DELETE"].includes(o.method)) ??
    at("DELETE", logIn.path);
  const own = [
    at("GET", logIn.path),
    ...all.filter((o) => o.method === "GET" && /^(me|whoami|session|self|current[_-]?user|profile)$/i.test(last(o))),
  ];
  const me =
    own.find((o) => o && o !== logIn && single(o)) ?? all.find((o) => o.method === "GET" && o.path === "/user" && single(o));
  const sessions = all.find((o) => o.method === "GET" && o !== me && /^sessions$/i.test(last(o)) && !/admin/i.test(o.path));
  return { logOut, me, sessions, endSession: sessions && below(all, sessions), endAll: sessions && at("DELETE", sessions.path) };
}

const below = (all, sessions) =>
  all.find(
    (o) =>
      o.method === "DELETE" &&
      o.path.startsWith(`${sessions.path}/{`) &&
      o.path.split("/").length === sessions.path.split("/").length + 1,
  );

// tokenIn finds the token in the answer of a log-in.
export function tokenIn(value, depth = 0) {
  if (typeof value !== "object" || value === null || depth > 2) return undefined;
  for (const name of [
    "access_token",
    "accessToken",
    "token",
    "auth_token",
    "authToken",
    "id_token",
    "jwt",
    "sessionToken",
    "key",
  ]) {
    if (typeof value[name] === "string") return value[name];
  }
  return Object.values(value)
    .map((inner) => tokenIn(inner, depth + 1))
    .find(Boolean);
}
