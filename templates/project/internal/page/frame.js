import { h, fill } from "./element.js";
import { humanize, nameOf } from "./format.js";
import { topResources } from "./home.js";
import { linkTo, parse } from "./route.js";
import { languages } from "./words.js";

// frame is what stands around every page: the title, the resources, the account, the language.
export function frame(app) {
  const { t } = app;
  const skip = document.getElementById("skip");
  skip.textContent = t("skip");
  skip.onclick = (event) => {
    event.preventDefault(); // What stands behind "#" is a place of the document.
    app.view.focus();
  };
  fill(document.getElementById("brand"), app.api.title);
  fill(document.getElementById("tools"), account(app), language(app));
  const toggle = document.getElementById("menu");
  toggle.textContent = t("menu");
  toggle.setAttribute("aria-expanded", "false");
  const nav = document.getElementById("resources");
  nav.setAttribute("aria-label", t("resources"));
  fill(
    nav,
    h(
      "ul",
      {},
      links(app).map(([text, href]) => h("li", {}, h("a", { href, "aria-current": here(href) ? "page" : undefined }, text))),
    ),
  );
  toggle.onclick = () => toggle.setAttribute("aria-expanded", String(toggle.getAttribute("aria-expanded") !== "true"));
}

function links(app) {
  const top = topResources(app);
  const nouns = top.map((resource) => resource.noun);
  const text = (resource) =>
    nouns.filter((noun) => noun === resource.noun).length > 1 ? resource.path : humanize(resource.noun);
  return [[app.t("home"), "#"], ...top.map((resource) => [text(resource), linkTo(resource.path)]), [app.t("docs"), "/docs"]];
}

function here(href) {
  const { path } = parse(location.hash);
  return href === `#${path}` || (href.length > 1 && path.startsWith(`${href.slice(1)}/`));
}

function account(app) {
  const { logIn } = app.account;
  if (!logIn && Object.keys(app.api.schemes).length === 0) return undefined;
  const text = app.user
    ? app.t("loggedInAs", { name: nameOf(app.user, app.t("account")) })
    : app.t(logIn ? "logIn" : "credentials");
  return h(
    "a",
    { class: "button", id: "account-link", href: "#account", "aria-current": here("#account") ? "page" : undefined },
    text,
  );
}

function language(app) {
  const options = Object.entries(languages).map(([tag, name]) =>
    h("option", { value: tag, lang: tag, selected: tag === app.language }, name),
  );
  const select = h("select", { id: "language", "aria-label": app.t("language") }, options);
  select.addEventListener("change", () => app.choose(select.value));
  return select;
}
