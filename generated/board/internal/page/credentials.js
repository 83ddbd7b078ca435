import { h, button, uniqueID } from "./element.js";

// credentials are fields for what lets one in beside logging in: keys, tokens, users with passwords.
export function credentials(app) {
  const names = Object.keys(app.api.schemes).filter((name) => !byCookie(app.api.scheme(name)));
  if (names.length === 0) return undefined;
  return h(
    "section",
    { class: "panel" },
    h("h2", {}, app.t("credentials")),
    h("p", { class: "hint" }, app.t("credentialsHint")),
    names.map((name) => entry(app, name)),
  );
}

const byCookie = (scheme) => (scheme.type === "apiKey" && scheme.in === "cookie") || scheme.type === "mutualTLS";

function entry(app, name) {
  const scheme = app.api.scheme(name);
  const secrets = app.client.credentials;
  const basic = scheme.type === "http" && scheme.scheme.toLowerCase() === "basic";
  const what = basic ? app.t("userPassword") : scheme.type === "apiKey" ? scheme.name : app.t("token");
  const input = h("input", {
    type: "password",
    id: uniqueID("credential"),
    autocomplete: "off",
    "aria-describedby": uniqueID("hint"),
  });
  const state = h(
    "p",
    { class: "hint", id: input.getAttribute("aria-describedby") },
    secrets.has(name) ? app.t("inUse") : scheme.description?.slice(0, 200),
  );
  const keep = async (value) => {
    if (value) secrets.set(name, value);
    else secrets.delete(name);
    input.value = "";
    state.textContent = app.t(value ? "inUse" : "forgotten");
    const known = Boolean(app.user);
    await app.whoIsThere();
    if (known === Boolean(app.user)) app.announce(state.textContent);
    else app.again(state.textContent);
  };
  const form = h(
    "form",
    { class: "field", novalidate: true },
    h("label", { for: input.id }, `${name}: ${what}`),
    state,
    h(
      "div",
      { class: "inline" },
      input,
      h("button", { class: "primary", "aria-label": `${app.t("use")}: ${name}` }, app.t("use")),
      button(app.t("forget"), () => keep(""), { "aria-label": `${app.t("forget")}: ${name}` }),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value) keep(input.value);
  });
  return form;
}
