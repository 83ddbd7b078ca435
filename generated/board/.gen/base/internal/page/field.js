import { h, uniqueID } from "./element.js";
import { controlFor } from "./controls.js";
import { label } from "./format.js";
import { patch } from "./patch.js";

// mark stands behind the name of what is required.
export const mark = () => h("span", { class: "mark", "aria-hidden": "true" }, " *");

// field is the part of a value that is neither an object nor a list of them.
export function field(app, name, shape, settings) {
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
function valueOf(control, shape, { required, initial, changing, merging }, text, before) {
  if (text === before && changing) return undefined;
  if (text === before && initial !== undefined) return initial;
  if (text !== "") return merging ? patch(initial, control.value(text)) : control.value(text);
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
