import { h, button } from "./element.js";
import { explain } from "./explain.js";
import { humanize } from "./format.js";
import { linkTo, open } from "./route.js";

// heading is the top of a page: where one is, what it is, what one can do.
export function heading(app, resource, values, { title, text, actions, item }) {
  return h(
    "header",
    { class: "view" },
    resource && trail(app, resource, values, item),
    h("div", { class: "title" }, h("h1", { tabindex: -1 }, title), actions && h("div", { class: "actions" }, actions)),
    text && h("p", { class: "lead" }, text),
  );
}

// trail leads back to the collections and items above.
function trail(app, resource, values, item) {
  const links = [];
  for (let at = resource.parent; at; at = at.parent) {
    const own = values.slice(0, at.item.split("{").length - 1);
    links.unshift([humanize(at.noun), linkTo(at.path, own)], [own.at(-1), linkTo(at.item, own)]);
  }
  if (item && !resource.single) links.push([humanize(resource.noun), linkTo(resource.path, values)]);
  const steps = links.filter(([text]) => !open(text)).map(([text, href]) => h("li", {}, h("a", { href }, text)));
  return steps.length ? h("nav", { class: "trail", "aria-label": app.t("back") }, h("ol", {}, steps)) : undefined;
}

// notice says before a form is filled in that its operation is for those who are known.
export function notice(app, operation) {
  const schemes = operation.security.flatMap((alternative) => Object.keys(alternative));
  const open = operation.security.length === 0 || operation.security.some((alternative) => Object.keys(alternative).length === 0);
  if (open || app.user || schemes.some((name) => app.client.credentials.has(name))) return undefined;
  return h(
    "p",
    { class: "notice" },
    app.t("logInFirst"),
    " ",
    h("a", { href: "#account" }, app.t(app.account.logIn ? "logIn" : "credentials")),
  );
}

// trouble stands where something could not be shown, with what can be done about it.
export function trouble(app, failure) {
  const again =
    failure.status === 401 && app.account.logIn
      ? h("a", { class: "button primary", href: "#account" }, app.t("logIn"))
      : failure.status === 401
        ? h("a", { class: "button primary", href: "#account" }, app.t("credentials"))
        : button(app.t("retry"), () => app.again());
  return h(
    "div",
    { class: "empty", role: "alert" },
    h("p", {}, explain(app.t, failure)),
    (failure.errors ?? []).map((error) => h("p", {}, `${error.parameter ?? error.pointer ?? ""}: ${app.t.detail(error.detail)}`)),
    again,
  );
}
