import { h } from "./element.js";
import { part } from "./fields.js";
import { humanize } from "./format.js";
import { leavesOf } from "./members.js";
import { linkTo, open } from "./route.js";
import { heading } from "./view.js";

// which asks for the parts of an address that no page above knows.
export function which(app, resource, values, { inside } = {}) {
  const template = inside ? resource.item : resource.path;
  const names = [...template.matchAll(/\{([^}]+)\}/g)].map((found) => found[1]);
  const asked = names.map((name, i) => ({ name, i })).filter(({ i }) => values[i] === undefined || open(values[i]));
  const parts = asked.map(({ name }) => [name, part(app, name, { type: "string" }, { required: true })]);
  const form = h(
    "form",
    { class: "panel narrow", novalidate: true },
    inside && h("h2", {}, app.t("openByKey")),
    parts.map(([, one]) => one.element),
    h("div", { class: "actions" }, h("button", { class: "primary" }, app.t("open"))),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const empty = leavesOf(parts, "").filter((leaf) => !leaf.input.value.trim());
    empty.forEach((leaf) => leaf.fail(app.t("required")));
    if (empty.length) return empty[0].input.focus();
    const full = [...values];
    asked.forEach(({ i }, at) => (full[i] = parts[at][1].read()));
    app.go(linkTo(template, full));
  });
  if (inside) return form;
  return app.place(
    humanize(resource.noun),
    heading(app, resource, values, { title: humanize(resource.noun), text: app.t("whichHint", { path: resource.path }) }),
    form,
  );
}
