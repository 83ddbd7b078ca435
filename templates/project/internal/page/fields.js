import { choose } from "./choice.js";
import { h, button } from "./element.js";
import { field, mark } from "./field.js";
import { label } from "./format.js";
import { leavesOf, readMembers } from "./members.js";

// A part of a form is {element, read(), leaves(pointer)}. read gives its value, undefined for nothing to
// send; leaves are the fields below it with the JSON pointers of their values.

const deepest = 3; // Below this, objects are edited as JSON.

// part makes what edits a value. settings are {required, initial, changing, merging, purpose}; changing means
// that only what differs from initial is sent, merging that it is a merge patch.
export function part(app, name, schema, settings, depth = 0) {
  const shape = { ...app.api.shape(schema), isRequired: settings.required };
  if (shape.type === "array") shape.itemShape = app.api.shape(shape.items ?? {});
  const initial = settings.initial ?? (settings.changing ? undefined : shape.default);
  const known = { ...settings, initial };
  if (depth < deepest && shape.type === "object" && Object.keys(shape.properties ?? {}).length)
    return group(app, name, shape, known, depth);
  if (depth < deepest && shape.itemShape?.properties && !shape.enum) return repeated(app, name, shape, known, depth);
  return field(app, name, shape, known);
}

// members are the parts of an object's properties that a client may send. Of alternatives a person chooses one,
// whose properties these are then.
export function members(app, shape, settings, depth = 0) {
  if (shape.choice) return [[undefined, choose(app, shape.choice, settings, (one) => members(app, one, settings, depth))]];
  const writable = Object.entries(shape.properties ?? {}).filter(([, schema]) => !app.api.shape(schema).readOnly);
  return writable.map(([name, schema]) => {
    const required = Boolean(shape.required?.includes(name));
    return [name, part(app, name, schema, { ...settings, required, initial: settings.initial?.[name] }, depth)];
  });
}

// group edits an object. Within a merge patch it sends what changed; any other change replaces an object by the one that
// it names, so that one is sent whole, with what the form does not show.
function group(app, name, shape, settings, depth) {
  const whole = settings.changing && !settings.merging;
  const parts = members(app, shape, whole ? { ...settings, changing: false } : settings, depth + 1);
  const element = h(
    "fieldset",
    {},
    h("legend", {}, label(name, shape), settings.required && mark()),
    shape.description && h("p", { class: "hint" }, shape.description),
    parts.map(([, one]) => one.element),
  );
  const others = Object.entries(shape.additionalProperties ? (settings.initial ?? {}) : {});
  const hidden = others.filter(([member]) => !(member in shape.properties));
  const before = JSON.stringify(readMembers(parts));
  const replaced = () => {
    const members = readMembers(parts);
    return JSON.stringify(members) === before ? undefined : { ...Object.fromEntries(hidden), ...members };
  };
  return {
    element,
    read: whole ? replaced : () => readMembers(parts, settings.required && !settings.changing),
    leaves: (pointer) => leavesOf(parts, pointer),
  };
}

function repeated(app, name, shape, settings, depth) {
  const entries = [];
  const list = h("div", { class: "entries" });
  const number = () => entries.forEach((entry, i) => (entry.legend.textContent = app.t("entry", { number: i + 1 })));
  const append = (initial) => {
    // A list is sent as a whole, so its entries are, too.
    const parts = members(app, shape.itemShape, { ...settings, required: true, initial, changing: false, merging: false }, depth + 1);
    const entry = { parts, legend: h("legend") };
    const remove = button(
      app.t("remove"),
      () => {
        entries.splice(entries.indexOf(entry), 1);
        entry.element.remove();
        number();
        add.focus();
      },
      { class: "quiet" },
    );
    entry.element = h(
      "fieldset",
      {},
      entry.legend,
      parts.map(([, one]) => one.element),
      remove,
    );
    entries.push(entry);
    list.append(entry.element);
    number();
    return entry;
  };
  const add = button(app.t("add"), () => append().element.querySelector("input, select, textarea")?.focus(), { class: "quiet" });
  (settings.initial ?? []).forEach(append);
  const before = JSON.stringify(settings.initial);
  const read = () => {
    const values = entries.map((entry) => readMembers(entry.parts, true));
    if (settings.changing && JSON.stringify(values) === before) return undefined;
    return values.length || settings.required || (settings.changing && before) ? values : undefined;
  };
  const element = h(
    "fieldset",
    {},
    h("legend", {}, label(name, shape), settings.required && mark()),
    shape.description && h("p", { class: "hint" }, shape.description),
    list,
    add,
  );
  return { element, read, leaves: (pointer) => entries.flatMap((entry, i) => leavesOf(entry.parts, `${pointer}/${i}`)) };
}
