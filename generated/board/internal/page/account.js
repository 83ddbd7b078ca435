import { h, button } from "./element.js";
import { credentials } from "./credentials.js";
import { explain } from "./explain.js";
import { nameOf } from "./format.js";
import { Form } from "./form.js";
import { tokenIn } from "./operations.js";
import { keyOf } from "./resources.js";
import { linkTo } from "./route.js";
import { sessions } from "./sessions.js";
import { properties } from "./table.js";
import { heading } from "./view.js";

// showAccount is where a person signs up, logs in and out, and sees who they are.
export function showAccount(app, _, signal) {
  const { t, user } = app;
  const title = t("account");
  const head = heading(app, undefined, [], {
    title: user ? nameOf(user, title) : title,
    text: !user && app.account.logIn && t("notLoggedIn"),
    actions: user && owns(app),
  });
  app.place(title, head, user ? [whoIsHere(app), sessions(app, signal)] : entrances(app), credentials(app));
}

function whoIsHere(app) {
  const { me, logIn } = app.account;
  const schema = app.api.shape((me ?? logIn)?.answer ?? {});
  return Object.keys(app.user).length
    ? h("section", { class: "panel" }, h("h2", {}, app.t("youAre")), properties(app, schema, withoutToken(app.user)))
    : undefined;
}

const withoutToken = (user) => Object.fromEntries(Object.entries(user).filter(([, value]) => value !== tokenIn(user)));

function owns(app) {
  const { signUp, logOut } = app.account;
  const resource = app.resources.find(
    (r) => r.operations.create === signUp && signUp && (r.operations.update || r.operations.replace),
  );
  const key = resource && keyOf(resource, app.user);
  return [
    key !== undefined && h("a", { class: "button", href: linkTo(resource.item, [key]) }, app.t("details")),
    logOut && button(app.t("logOut"), () => leave(app)),
  ];
}

async function leave(app) {
  try {
    await app.client.call(app.account.logOut);
  } catch (failure) {
    if (failure.status !== 401) return app.announce(explain(app.t, failure));
  }
  await app.forget(app.t("loggedOut"));
}

function entrances(app) {
  const { logIn, signUp } = app.account;
  if (!logIn) return undefined;
  const enter = new Form(app, bodyOf(logIn), {
    purpose: "logIn",
    submit: app.t("logIn"),
    explain: plainly,
    onSubmit: (body) => arrive(app, body),
  });
  const join =
    signUp &&
    new Form(app, bodyOf(signUp), {
      purpose: "signUp",
      submit: app.t("signUp"),
      explain: plainly,
      onSubmit: (body) => register(app, body),
    });
  return h(
    "div",
    { class: "entrances" },
    h("section", { class: "panel", id: "log-in" }, h("h2", {}, app.t("logIn")), enter.element),
    join && h("section", { class: "panel", id: "sign-up" }, h("h2", {}, app.t("signUp")), join.element),
  );
}

// plainly lets the server say why a name or a password is refused.
const plainly = (t, failure) =>
  failure.status === 401 || failure.status === 403 ? failure.message || t("wrong") : explain(t, failure);

// bodyOf is what logging in asks for; some documents ask in the query.
function bodyOf(operation) {
  if (operation.body) return operation.body.schema;
  const asked = operation.parameters.filter((p) => p.in === "query");
  return {
    type: "object",
    required: asked.map((p) => p.name),
    properties: Object.fromEntries(asked.map((p) => [p.name, p.schema ?? {}])),
  };
}

async function arrive(app, body) {
  const { logIn, me } = app.account;
  const { value } = await app.client.call(logIn, logIn.body ? { body } : { query: new URLSearchParams(body).toString() });
  const token = tokenIn(value);
  if (token) tokenSchemes(app.api).forEach((name) => app.client.credentials.set(name, token));
  app.user = typeof value === "object" && value !== null ? value : {};
  if (me) await app.whoIsThere();
  app.go("#account", app.t("loggedIn"));
}

const tokenSchemes = (api) =>
  Object.keys(api.schemes).filter((name) => {
    const scheme = api.scheme(name);
    return scheme.type !== "apiKey" && !(scheme.type === "http" && scheme.scheme.toLowerCase() !== "bearer");
  });

// register logs in at once with what was just chosen, where that is all that logging in asks for.
async function register(app, body) {
  const { signUp, logIn } = app.account;
  await app.client.call(signUp, { body });
  const wanted = app.api.shape(bodyOf(logIn));
  const known = Object.fromEntries(
    Object.keys(wanted.properties ?? {})
      .filter((name) => name in body)
      .map((name) => [name, body[name]]),
  );
  if ((wanted.required ?? []).every((name) => name in known) && Object.keys(known).length > 1) return arrive(app, known);
  app.go("#account", app.t("signedUp"));
}
