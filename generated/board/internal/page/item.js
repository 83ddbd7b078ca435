import { h, button, fill } from "./element.js";
import { confirmed } from "./dialog.js";
import { explain } from "./explain.js";
import { humanize, nameOf, singular } from "./format.js";
import { representation } from "./resources.js";
import { linkTo } from "./route.js";
import { dig, wrapping } from "./schema.js";
import { properties } from "./table.js";
import { heading, trouble } from "./view.js";

// template is the path of an item, or of the only one there is.
export const template = (resource) => resource.item ?? resource.path;

// fetchItem reads an item: {item, tag}, where tag is its ETag. Of a document that cannot read items it is
// what a list said.
export async function fetchItem(app, resource, values, signal) {
  const { read } = resource.operations;
  if (!read) return { item: app.seen.get(linkTo(template(resource), values)) ?? {} };
  const { value, headers } = await app.client.call(read, { values, signal });
  return { item: dig(value, wrapping(app.api.document, read.answer)) ?? value, tag: headers.get("ETag") ?? undefined };
}

// showItem is the page of an item.
export async function showItem(app, { resource, values }, signal) {
  const key = values.at(-1);
  const title = resource.single ? humanize(resource.noun) : `${singular(resource.noun)} ${key}`;
  const above = resource.single ? values : values.slice(0, -1);
  const body = h("section", { "aria-busy": "true" }, h("p", { class: "loading" }, app.t("loading")));
  const head = heading(app, resource, above, { title, text: resource.operations.read?.summary, item: true });
  app.place(title, head, body);
  try {
    const { item, tag } = await fetchItem(app, resource, values, signal);
    const name = resource.single ? title : nameOf(item, key);
    head.querySelector("h1").textContent = name;
    head.querySelector(".title").append(h("div", { class: "actions" }, acts(app, resource, values, { name, tag })));
    app.entitle(name);
    fill(
      body,
      h("div", { class: "panel" }, properties(app, representation(app.api, resource), item)),
      related(app, resource, values),
    );
  } catch (failure) {
    if (failure.name === "AbortError") throw failure;
    fill(body, trouble(app, failure));
  }
  body.removeAttribute("aria-busy");
}

function acts(app, resource, values, { name, tag }) {
  const { update, replace, delete: remove } = resource.operations;
  return [
    (update || replace) &&
      h("a", { class: "button primary", href: linkTo(template(resource), values, { verb: "change" }) }, app.t("change")),
    remove && button(app.t("delete"), () => erase(app, resource, values, { name, tag }), { class: "danger" }),
  ];
}

async function erase(app, resource, values, { name, tag }) {
  const sure = await confirmed(app, {
    title: app.t("deleteQuestion"),
    text: app.t("deleteWarning", { name }),
    action: app.t("delete"),
  });
  if (!sure) return;
  try {
    await app.client.call(resource.operations.delete, { values, ifMatch: tag });
    await app.whoIsThere();
    app.go(resource.single ? "#" : linkTo(resource.path, values.slice(0, -1)), app.t("deleted"));
  } catch (failure) {
    app.again(failure.status === 412 ? app.t("conflictDelete") : explain(app.t, failure));
  }
}

function related(app, resource, values) {
  if (resource.nested.length === 0) return undefined;
  const cards = resource.nested.map((inner) =>
    h(
      "li",
      {},
      h(
        "a",
        { class: "card", href: linkTo(inner.path, values) },
        h("strong", {}, humanize(inner.noun)),
        h("span", {}, inner.operations.list?.summary ?? inner.operations.read?.summary),
      ),
    ),
  );
  return h("section", {}, h("h2", {}, app.t("related")), h("ul", { class: "cards" }, cards));
}
