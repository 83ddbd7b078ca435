import { h } from "./element.js";
import { titleOf } from "./format.js";

const widest = 6;

// columns are the properties of a representation that a table has room for: what tells items apart first,
// times last.
export function columns(api, schema, items, key) {
  const known =
    schema.properties ??
    Object.fromEntries(Object.keys(items.find((item) => item && typeof item === "object") ?? {}).map((name) => [name, {}]));
  const all = Object.entries(known)
    .map(([name, s]) => ({ name, schema: api.shape(s) }))
    .filter(({ name, schema: s }) => shown(api, name, s));
  const title = titleOf({ properties: Object.fromEntries(all.map((column) => [column.name, column.schema])) }) ?? all[0]?.name;
  const rank = ({ name, schema: s }) =>
    name === title ? 0 : name === key ? 4 : s.format === "date-time" ? 2 : s.maxLength > 1000 ? 3 : 1;
  const sorted = all.map((column, i) => ({ ...column, order: rank(column) * 1000 + i })).sort((a, b) => a.order - b.order);
  const room = sorted.slice(0, widest);
  return title && title !== key && room.length > 3
    ? room.filter((column) => column.name !== key && !(column.schema.maxLength > 1000 && column.name !== title))
    : room;
}

function shown(api, name, schema) {
  if (schema.writeOnly || schema.format === "password" || /^password$/i.test(name)) return false;
  if (schema.type === "array") return api.shape(schema.items ?? {}).type !== "object";
  return schema.type !== "object";
}

// table shows rows of cells, the first of which is the head of its row. The roles are there because
// a narrow page shows rows as cards, and browsers take the table for none then.
export function table({ caption, heads, rows }) {
  const head = h(
    "tr",
    { role: "row" },
    heads.map((text) => h("th", { scope: "col", role: "columnheader" }, text)),
  );
  const body = rows.map((cells) =>
    h(
      "tr",
      { role: "row" },
      cells.map((content, i) => cell(content, heads[i], i)),
    ),
  );
  return h(
    "div",
    { class: "scroll" },
    h(
      "table",
      { role: "table" },
      h("caption", { class: "hidden" }, caption),
      h("thead", { role: "rowgroup" }, head),
      h("tbody", { role: "rowgroup" }, body),
    ),
  );
}

function cell(content, head, i) {
  const inside = h("div", { class: "cell" }, content);
  if (i === 0) return h("th", { scope: "row", role: "rowheader", "data-label": head }, inside);
  return h("td", { role: "cell", "data-label": head }, inside);
}

// properties lists all that there is to say of an item, in the order of its schema.
export function properties(app, schema, item) {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return h("div", {}, app.format.show("", item, schema));
  const names = [...new Set([...Object.keys(schema.properties ?? {}), ...Object.keys(item)])].filter(
    (name) => item[name] !== undefined,
  );
  return h("div", {}, app.format.show("", Object.fromEntries(names.map((name) => [name, item[name]])), schema));
}
