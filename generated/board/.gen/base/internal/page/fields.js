import { h, button, uniqueID } from "./element.js";
import { controlFor } from "./controls.js";
import { label } from "./format.js";

// A part of a form is {element, read(), leaves(pointer)}. read gives its value, undefined for nothing to
// send; leaves are the fields below it with the JSON pointers of their values.

const deepest = 3; // Below this, objects are edited as JSON.

// part makes what edits a value. settings are {required, initial, changing, purpose}; changing means that
// only what differs from initial is sent.
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

// members are the parts of an object's properties that a client may send.
export function members(app, shape, settings, depth = 0) {
  const writable = Object.entries(shape.properties ?? {}).filter(([, schema]) => !app.api.shape(schema).readOnly);
  return writable.map(([name, schema]) => {
    const required = Boolean(shape.required?.includes(name));
    return [name, part(app, name, schema, { ...settings, required, initial: settings.initial?.[name] }, depth)];
  });
}

// readMembers makes an object of those that have something to say, undefined where none has.
export function readMembers(parts, always) {
  const entries = parts.map(([name, one]) => [name, one.read()]).filter(([, value]) => value !== undefined);
  return entries.length || always ? Object.fromEntries(entries) : undefined;
}

export const leavesOf = (parts, pointer) =>
  parts.flatMap(([name, one]) => one.leaves(`${pointer}/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`));

function group(app, name, shape, settings, depth) {
  const parts = members(app, shape, settings, depth + 1);
  const element = h(
    "fieldset",
    {},
    h("legend", {}, label(name, shape), settings.required && mark()),
    shape.description && h("p", { class: "hint" }, shape.description),
    parts.map(([, one]) => one.element),
  );
  return {
    element,
    read: () => readMembers(parts, settings.required && !settings.changing),
    leaves: (pointer) => leavesOf(parts, pointer),
  };
}

function repeated(app, name, shape, settings, depth) {
  const entries = [];
  const list = h("div", { class: "entries" });
  const number = () => entries.forEach((entry, i) => (entry.legend.textContent = app.t("entry", { number: i + 1 })));
  const append = (initial) => {
    // A list is sent as a whole, so its entries are, too.
    const parts = members(app, shape.itemShape, { ...settings, initial, changing: false }, depth + 1);
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

const mark = () => h("span", { class: "mark", "aria-hidden": "true" }, " *");

function field(app, name, shape, settings) {
  const control = controlFor(app.t, name, shape, settings.initial, settings.purpose);
  const input = control.element;
  const text = control.text ?? (() => input.value);
  const before = text();
  const error = h("p", { class: "error", id: uniqueID("error"), hidden: true });
  const hint = hints(app, shape, control, settings, input.type === "password");
  input.id = uniqueID("field");
  input.name = name;
  input.setAttribute("aria-describedby", [hint?.id, error.id].filter(Boolean).join(" "));
  if (settings.required && input.type !== "checkbox") input.setAttribute("aria-required", "true");
  const fail = (message) => {
    fill(error, message);
    input.toggleAttribute("aria-invalid", Boolean(message));
    if (message) input.setAttribute("aria-invalid", "true");
  };
  input.addEventListener("input", () => fail(""));
  const title = h("label", { for: input.id }, label(name, shape), settings.required && input.type !== "checkbox" && mark());
  const element = h("div", { class: input.type === "checkbox" ? "field check" : "field" }, title, hint, input, error);
  const leaf = {
    input,
    fail,
    describe: (detail, below) =>
      control.lines && below !== undefined ? app.t("line", { number: below + 1, text: detail }) : detail,
  };
  leaf.problem = () => (text() === "" ? undefined : control.problem?.(text()));
  const read = () => valueOf(control, shape, settings, text(), before);
  return { element, read, leaves: (pointer) => [{ pointer, ...leaf }] };
}

function fill(error, message) {
  error.textContent = message;
  error.hidden = !message;
}

// valueOf is what is sent for a text. Left as it was, it is the very value that was there.
function valueOf(control, shape, { required, initial, changing }, text, before) {
  if (text === before && changing) return undefined;
  if (text === before && initial !== undefined) return initial;
  if (text !== "") return control.value(text);
  if (changing && control.lines) return [];
  if (changing || required) {
    if (required && control.lines) return [];
    if (shape.nullable) return null;
    if (shape.type === "string" && !shape.enum && !shape.format) return "";
    return changing ? null : undefined;
  }
  return undefined;
}

function hints(app, shape, control, { changing, purpose }, secret) {
  const { t, format } = app;
  if (purpose === "logIn") return undefined;
  const texts = [shape.description, limits(t, shape, (n) => format.count(n))];
  if (control.lines) texts.push(t("linesHint"));
  if (control.json) texts.push(t("jsonHint"));
  if (secret && changing) texts.push(t("keep"));
  const said = texts.filter(Boolean).map((text) => (/[.!?。]$/.test(text) ? text : `${text}.`));
  return said.length ? h("p", { class: "hint", id: uniqueID("hint") }, said.join(" ")) : undefined;
}

function limits(t, shape, count) {
  const range = (low, high, [both, least, most]) => {
    const values = { min: low > 0 || low < 0 || low === 0 ? count(low) : "", max: high === undefined ? "" : count(high) };
    if (low !== undefined && high !== undefined) return t(both, values);
    if (low !== undefined) return t(least, values);
    return high === undefined ? undefined : t(most, values);
  };
  if (shape.enum) return undefined;
  if (shape.type === "string")
    return range(shape.minLength > 1 ? shape.minLength : undefined, shape.maxLength, ["lengthBetween", "lengthMin", "lengthMax"]);
  if (shape.type === "integer" || shape.type === "number") return range(shape.minimum, shape.maximum, ["between", "min", "max"]);
  return undefined;
}
