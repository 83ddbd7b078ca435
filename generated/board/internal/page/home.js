import { h } from "./element.js";
import { humanize } from "./format.js";
import { linkTo } from "./route.js";
import { heading } from "./view.js";

const many = 12;

// topResources are those that no other leads to.
export const topResources = (app) => app.resources.filter((resource) => !resource.parent);

// showHome says what there is.
export function showHome(app) {
  const top = topResources(app);
  const cards = top.map((resource) => card(resource));
  const head = heading(app, undefined, [], { title: app.api.title, text: app.api.description.split(/\n\s*\n/)[0].slice(0, 400) });
  const welcome =
    app.account.logIn &&
    !app.user &&
    h(
      "p",
      { class: "actions" },
      h("a", { class: "button primary", href: "#account" }, app.t(app.account.signUp ? "enter" : "logIn")),
    );
  const list = h(
    "ul",
    { class: "cards" },
    cards.map(({ element }) => element),
  );
  app.place(
    "",
    head,
    welcome,
    top.length > many && finder(app, cards),
    top.length
      ? h("section", {}, h("h2", {}, app.t("resources")), list)
      : h("div", { class: "empty" }, h("p", {}, app.t("noResources")), h("a", { href: "/docs" }, app.t("docs"))),
  );
}

function card(resource) {
  const { list, read } = resource.operations;
  const text = `${resource.path} ${(list ?? read)?.summary ?? ""}`;
  const link = h(
    "a",
    { class: "card", href: linkTo(resource.path) },
    h("strong", {}, humanize(resource.noun)),
    h("span", {}, (list ?? read)?.summary),
    h("code", {}, resource.path),
  );
  return { element: h("li", {}, link), text: text.toLowerCase() };
}

function finder(app, cards) {
  const input = h("input", { type: "search", id: "find", autocomplete: "off" });
  input.addEventListener("input", () => {
    for (const { element, text } of cards) element.hidden = !text.includes(input.value.trim().toLowerCase());
  });
  return h("div", { class: "field narrow" }, h("label", { for: "find" }, app.t("findResource")), input);
}
