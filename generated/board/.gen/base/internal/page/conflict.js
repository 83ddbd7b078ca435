import { h, button } from "./element.js";
import { label } from "./format.js";
import { table } from "./table.js";

// compare sets what others saved meanwhile beside what a person wrote, property by property, for those
// that either of them changed. before is what the person began with, body what was to be sent.
export function compare(app, operation, { before, theirs, body, partly }, { saveMine, takeTheirs, keepEditing }) {
  const schema = app.api.shape(operation.body?.schema ?? {});
  const names = Object.keys(schema.properties ?? body).filter(
    (name) => (name in body && differ(body[name], theirs[name])) || differ(before[name], theirs[name]),
  );
  const rows = names.map((name) => row(app, name, app.api.shape(schema.properties?.[name] ?? {}), { theirs, body, before }));
  const heads = [app.t("field"), app.t("theirs"), app.t("yours")];
  return h(
    "section",
    { class: "conflict" },
    h("h2", { tabindex: -1 }, app.t("conflict")),
    h("p", {}, app.t(names.length ? (partly ? "conflictText" : "conflictReplace") : "conflictNone")),
    names.length > 0 && table({ caption: app.t("conflict"), heads, rows }),
    h(
      "div",
      { class: "actions" },
      button(app.t("saveMine"), saveMine, { class: "primary" }),
      button(app.t("takeTheirs"), takeTheirs),
      button(app.t("keepEditing"), keepEditing),
    ),
  );
}

function row(app, name, schema, { theirs, body, before }) {
  const show = (value, changed) => h(changed ? "mark" : "span", {}, app.format.show(name, value, schema));
  const mine =
    name in body
      ? show(schema.writeOnly ? "••••••" : body[name], differ(body[name], before[name]))
      : h("span", { class: "none" }, app.t("asTheirs"));
  return [label(name, schema), show(theirs[name], differ(theirs[name], before[name])), mine];
}

const differ = (a, b) => JSON.stringify(a ?? null) !== JSON.stringify(b ?? null);
