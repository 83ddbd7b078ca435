import { h } from "./element.js";

// A control is {element, text(), value(text)}: what a person edits, how it reads as text, and the
// value that a text stands for. problem(text) says in words what no value can be made of.

// controlFor chooses the control of a value that is neither an object nor a list of them.
export function controlFor(t, name, shape, initial, purpose) {
  if (shape.enum) return choice(t, shape, initial);
  if (shape.type === "boolean") return yesOrNo(t, shape, initial);
  if (shape.type === "integer" || shape.type === "number") return number(shape, initial);
  if (shape.type === "array" && scalar(shape.itemShape)) return lines(shape, initial);
  if (shape.type === "string") return string(name, shape, initial, purpose);
  return json(t, initial);
}

const scalar = (shape) => ["string", "integer", "number"].includes(shape?.type);

function choice(t, shape, initial) {
  const texts = shape.enum.map(String);
  const blank = h("option", { value: "" }, shape.blank ?? t("unset"));
  const options = texts.map((text) =>
    h("option", { value: text, selected: initial !== undefined && text === String(initial) }, text),
  );
  const required = shape.isRequired && !shape.nullable && initial !== undefined;
  return { element: h("select", {}, required ? options : [blank, ...options]), value: (text) => shape.enum[texts.indexOf(text)] };
}

function yesOrNo(t, shape, initial) {
  if ((shape.isRequired && !shape.nullable) || shape.default !== undefined) {
    const element = h("input", { type: "checkbox", checked: initial === true });
    return { element, text: () => String(element.checked), value: (text) => text === "true" };
  }
  const option = (value, text) => h("option", { value, selected: value === String(initial ?? "") }, text);
  const element = h("select", {}, option("", shape.blank ?? t("unset")), option("true", t("yes")), option("false", t("no")));
  return { element, value: (text) => text === "true" };
}

function number(shape, initial) {
  const element = h("input", {
    type: "text",
    inputmode: shape.type === "integer" ? "numeric" : "decimal",
    autocomplete: "off",
    value: initial,
  });
  // What is no number goes to the server as it is, which says what is wrong with it.
  return { element, value: (text) => (Number.isNaN(Number(text)) ? text : Number(text)) };
}

function lines(shape, initial) {
  const element = h("textarea", { rows: 3 }, (initial ?? []).join("\n"));
  const one = (line) => (shape.itemShape.type !== "string" && !Number.isNaN(Number(line)) ? Number(line) : line);
  return {
    element,
    lines: true,
    value: (text) =>
      text
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean)
        .map(one),
  };
}

const inputs = {
  password: { type: "password" },
  email: { type: "email" },
  date: { type: "date" },
  uri: { type: "text", inputmode: "url" },
  url: { type: "text", inputmode: "url" },
};
const long = /^(body|text|content|description|about|bio|notes?|message|comment|summary|details?)$/i;

function string(name, shape, initial, purpose) {
  if (shape.format === "binary") return file();
  if (shape.format === "date-time") return moment(initial);
  if (!inputs[shape.format] && (shape.maxLength > 200 || long.test(name)) && shape.format !== "uuid") {
    return { element: h("textarea", { rows: shape.maxLength > 1000 ? 6 : 3 }, initial ?? ""), value: (text) => text };
  }
  const secret = shape.format === "password" || /^pass(word|wd|phrase)?$/i.test(name);
  const attributes = secret ? inputs.password : (inputs[shape.format] ?? { type: "text" });
  return {
    element: h("input", { ...attributes, autocomplete: completion(name, secret, purpose), value: secret ? undefined : initial }),
    value: (text) => text,
  };
}

function completion(name, secret, purpose) {
  if (secret) return purpose === "logIn" ? "current-password" : "new-password";
  if (!purpose) return "off";
  return /mail/i.test(name) ? "email" : /^(user_?name|name|login|identifier)$/i.test(name) ? "username" : "on";
}

function file() {
  const element = h("input", { type: "file" });
  return { element, value: () => element.files[0] };
}

// moment edits the time of the person's own zone.
function moment(initial) {
  const time = initial && new Date(initial);
  const local =
    time && !Number.isNaN(time.getTime())
      ? new Date(time - time.getTimezoneOffset() * 60000).toISOString().slice(0, 19)
      : undefined;
  return {
    element: h("input", { type: "datetime-local", step: 1, value: local }),
    value: (text) => new Date(text).toISOString(),
  };
}

function json(t, initial) {
  const element = h(
    "textarea",
    { rows: 4, spellcheck: "false", class: "code" },
    initial === undefined ? "" : JSON.stringify(initial, null, 2),
  );
  const problem = (text) => {
    try {
      JSON.parse(text);
      return undefined;
    } catch {
      return t("noJSON");
    }
  };
  return { element, json: true, value: (text) => JSON.parse(text), problem };
}
