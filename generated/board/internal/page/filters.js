import { h } from "./element.js";
import { part } from "./fields.js";
import { leavesOf } from "./members.js";
import { isPaging } from "./paging.js";

// filters are the query parameters of a list as a form. It calls search with a query, and fail shows the
// errors of those that it has; it says whether there were any.
export function filters(app, operation, query, search) {
  const asked = new URLSearchParams(query);
  const parameters = operation.parameters.filter((p) => p.in === "query" && (!isPaging(p.name) || p.required) && !p.deprecated);
  if (parameters.length === 0) return { element: undefined, fail: () => false };
  const parts = parameters.map((p) => [p.name, editor(app, p, asked)]);
  const submit = (event) => {
    event.preventDefault();
    search(written(parameters, parts, asked));
  };
  const clear = h("button", { type: "button", class: "quiet" }, app.t("clear"));
  clear.addEventListener("click", () => search(""));
  const used = parameters.some((p) => asked.has(p.name) || p.required);
  const form = h(
    "form",
    { class: "filters", novalidate: true },
    h(
      "div",
      { class: "grid" },
      parts.map(([, one]) => one.element),
    ),
    h("div", { class: "actions" }, h("button", { class: "primary" }, app.t("filter")), clear),
  );
  form.addEventListener("submit", submit);
  const element = h("details", { open: used, class: "panel" }, h("summary", {}, app.t("filters")), form);
  return { element, fail: (failure) => fail(app, element, parts, failure) };
}

function editor(app, parameter, asked) {
  const schema = parameter.schema ?? Object.values(parameter.content ?? {})[0]?.schema ?? {};
  const shape = app.api.shape(schema);
  const said = parameter.description && parameter.description.length < 160 ? parameter.description : undefined;
  // A default is what the server does without being asked: an empty field says so as well.
  const blank = shape.default === undefined ? app.t("any") : String(shape.default);
  const edited = { ...shape, description: said ?? shape.description, default: undefined, blank };
  const values = asked.getAll(parameter.name);
  const initial =
    values.length === 0
      ? undefined
      : shape.type === "array"
        ? values.flatMap((v) => (exploded(parameter) ? [v] : v.split(",")))
        : values[0];
  return part(app, parameter.name, edited, { required: Boolean(parameter.required), initial });
}

const exploded = (parameter) => parameter.explode ?? (parameter.style ?? "form") === "form";

function written(parameters, parts, asked) {
  const search = new URLSearchParams([...asked].filter(([name]) => isPaging(name) && /limit|size|per/i.test(name)));
  parameters.forEach((parameter, i) => {
    const value = parts[i][1].read();
    if (value === undefined || value === "") return;
    if (!Array.isArray(value)) search.set(parameter.name, typeof value === "object" ? JSON.stringify(value) : value);
    else if (exploded(parameter)) value.forEach((one) => search.append(parameter.name, one));
    else search.set(parameter.name, value.join(","));
  });
  return search.toString();
}

function fail(app, element, parts, failure) {
  const leaves = leavesOf(parts, "");
  const about = (failure.errors ?? []).flatMap((error) =>
    leaves.filter((leaf) => leaf.pointer === `/${error.parameter}`).map((leaf) => [leaf, error]),
  );
  for (const [leaf, error] of about) leaf.fail(app.t.detail(error.detail));
  if (about.length) {
    element.open = true;
    about[0][0].input.focus();
  }
  return about.length > 0;
}
