import { h, fill } from "./element.js";
import { explain } from "./explain.js";
import { filters } from "./filters.js";
import { humanize, label, nameOf } from "./format.js";
import { firstPage, nextPage, totalOf } from "./paging.js";
import { keyOf, representation } from "./resources.js";
import { linkTo, open } from "./route.js";
import { dig, listed } from "./schema.js";
import { columns, table } from "./table.js";
import { heading, trouble } from "./view.js";
import { which } from "./which.js";

// showList is the page of a collection.
export async function showList(app, { resource, values, query }, signal) {
  const { list, create } = resource.operations;
  if (values.some(open)) return which(app, resource, values);
  const actions =
    create && h("a", { class: "button primary", href: linkTo(resource.path, values, { verb: "create" }) }, app.t("create"));
  const head = heading(app, resource, values, { title: humanize(resource.noun), text: list?.summary, actions });
  if (!list) return app.place(humanize(resource.noun), head, openOne(app, resource, values));
  const results = h("section", { class: "results", "aria-busy": "true" }, h("p", { class: "loading" }, app.t("loading")));
  const form = filters(app, list, query, (changed) => app.go(linkTo(resource.path, values, { query: changed })));
  app.place(humanize(resource.noun), head, form.element, results);
  try {
    const answer = await app.client.call(list, { values, query, signal });
    fill(results, contents(app, resource, values, query, answer));
  } catch (failure) {
    if (failure.name === "AbortError") throw failure;
    if (form.fail(failure)) fill(results, h("p", { class: "empty" }, explain(app.t, failure)));
    else fill(results, trouble(app, failure));
  }
  results.removeAttribute("aria-busy");
}

function contents(app, resource, values, query, answer) {
  const where = listed(app.api.document, resource.operations.list.answer, resource.noun);
  const items = dig(answer.value, where?.at ?? []) ?? [];
  const list = Array.isArray(items) ? items : [];
  const total = totalOf(answer.value, answer.headers);
  const said = [
    app.t(list.length === 1 ? "countOne" : "count", { count: app.format.count(list.length) }),
    total !== undefined && app.t("total", { total: app.format.count(total) }),
  ]
    .filter(Boolean)
    .join(" · ");
  app.announce(list.length ? said : app.t("empty"), { quietly: true });
  return [
    list.length ? [h("p", { class: "count" }, said), rows(app, resource, values, list)] : empty(app, resource, values, query),
    pager(app, resource, values, query, nextPage(resource.operations.list, query, answer, list)),
  ];
}

function rows(app, resource, values, items) {
  const schema = representation(app.api, resource);
  const shown = columns(app.api, schema, items, properKey(resource.whose, items[0]));
  const nested = resource.whose.item ? resource.whose.nested : [];
  return table({
    caption: humanize(resource.noun),
    heads: [
      ...(shown.length ? shown.map(({ name, schema: s }) => label(name, s)) : [humanize(resource.noun)]),
      ...(nested.length ? [app.t("related")] : []),
    ],
    rows: items.map((item) => [
      ...row(app, resource, values, item, shown),
      ...(nested.length ? [below(app, resource, nested, values, item)] : []),
    ]),
  });
}

const properKey = (resource, item) =>
  Object.keys(item ?? {}).find((name) => resource.key && item[name] === keyOf(resource, item));

function row(app, resource, values, item, shown) {
  const { whose } = resource;
  const key = keyOf(whose, item);
  const { read, update, replace, delete: remove } = whose.operations;
  const leads = whose.item && key !== undefined && (read || update || replace || remove);
  const href = leads && linkTo(whose.item, resource.lead(values, key));
  if (leads && !read) app.seen.set(href, item);
  const cells = shown.length
    ? shown.map(({ name, schema }) => app.format.show(name, item?.[name], schema))
    : [app.format.show("", item)];
  if (leads) cells[0] = h("a", { href }, nothing(cells[0]) ? nameOf(item, key) : cells[0]);
  return cells;
}

const nothing = (content) =>
  content instanceof Element && (content.classList.contains("none") || content.querySelector("a") || content.matches("a"));

function below(app, resource, nested, values, item) {
  const { whose } = resource;
  const key = keyOf(whose, item);
  if (key === undefined) return "";
  const lead = resource.lead(values, key);
  return h(
    "span",
    { class: "links" },
    nested.slice(0, 4).map((inner) => h("a", { href: linkTo(inner.path, lead) }, humanize(inner.noun))),
    nested.length > 4 && h("a", { href: linkTo(whose.item, lead) }, app.t("more")),
  );
}

function empty(app, resource, values, query) {
  const filtered = [...new URLSearchParams(query).keys()].length > 0;
  const create =
    resource.operations.create &&
    !filtered &&
    h("a", { href: linkTo(resource.path, values, { verb: "create" }) }, app.t("emptyCreate"));
  return h("div", { class: "empty" }, h("p", {}, app.t(filtered ? "emptyFiltered" : "empty")), create);
}

// pager leads to the pages before and after. Documents tell where the next one is; the one before is where
// the person came from.
function pager(app, resource, values, query, next) {
  const here = linkTo(resource.path, values, { query });
  const forward = next !== undefined && linkTo(resource.path, values, { query: next });
  if (forward) app.steps.leads(here, forward);
  app.steps.keep(here);
  const back = app.steps.back(here);
  const first = linkTo(resource.path, values, { query: firstPage(query) });
  if (!forward && !back && first === here) return undefined;
  return h(
    "nav",
    { class: "pager", "aria-label": app.t("pages") },
    first !== here && h("a", { class: "button", href: first }, app.t("first")),
    back && h("a", { class: "button", href: back, rel: "prev" }, app.t("previous")),
    forward && h("a", { class: "button", href: forward, rel: "next" }, app.t("next")),
  );
}

function openOne(app, resource, values) {
  return resource.item ? which(app, resource, [...values, `{${resource.key}}`], { inside: true }) : undefined;
}
