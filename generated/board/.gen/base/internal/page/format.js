import { h } from "./element.js";

// humanize makes a label of a property's name: createdAt becomes "Created at".
export function humanize(name) {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/[_\-.]+/g, " ")
    .trim();
  const text = words
    .split(" ")
    .map((word) => (/^[A-Z\d]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(" ");
  return (text.charAt(0).toUpperCase() + text.slice(1)).replace(/\b(id|url|uri|api|uuid)\b/gi, (word) => word.toUpperCase());
}

// singular is what one thing of a collection is called, as far as English is concerned.
export function singular(noun) {
  const text = humanize(noun);
  if (/(ss|us|is)$/i.test(text)) return text;
  return text
    .replace(/ies$/i, "y")
    .replace(/(x|ch|sh|ss)es$/i, "$1")
    .replace(/s$/i, "");
}

export const label = (name, schema) => schema?.title ?? humanize(name);

// Formatter shows values to a person of a language.
export class Formatter {
  constructor(language, t, shape) {
    this.t = t;
    this.shape = shape;
    this.numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 12 });
    this.times = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
    this.moments = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "long" });
    this.days = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
  }

  // show makes what stands for a value of a schema: text or an element.
  show(name, value, schema = {}) {
    if (value === undefined || value === null || value === "") return h("span", { class: "none", title: this.t("none") }, "–");
    if (typeof value === "boolean") return this.t(value ? "yes" : "no");
    if (typeof value === "number")
      return /(^|[_a-z])(id|year|number|port|code)$/i.test(name) ? String(value) : this.numbers.format(value);
    if (Array.isArray(value)) return this.#list(name, value, schema);
    if (typeof value === "object") return this.#object(value, schema);
    return this.#text(String(value), schema);
  }

  #text(value, schema) {
    if (schema.format === "date-time" && !Number.isNaN(Date.parse(value))) {
      const time = new Date(value);
      return h("time", { datetime: value, title: this.moments.format(time) }, this.times.format(time));
    }
    if (schema.format === "date" && !Number.isNaN(Date.parse(value)))
      return h("time", { datetime: value }, this.days.format(new Date(value)));
    if (/^(uri|url)$/.test(schema.format) && /^https?:/i.test(value)) return h("a", { href: value, rel: "noreferrer" }, value);
    if (schema.enum) return h("span", { class: "tag" }, value);
    return value;
  }

  #object(value, schema) {
    const entries = Object.entries(value);
    if (entries.length === 0) return this.show("", null);
    return h(
      "dl",
      {},
      entries.map(([name, inner]) => {
        const s = this.shape(schema.properties?.[name] ?? {});
        return h("div", {}, h("dt", {}, label(name, s)), h("dd", {}, this.show(name, inner, s)));
      }),
    );
  }

  #list(name, values, schema) {
    if (values.length === 0) return this.show(name, null);
    const items = this.shape(schema.items ?? {});
    if (values.some((value) => typeof value === "object"))
      return h(
        "ol",
        { class: "entries" },
        values.map((value) => h("li", {}, this.show(name, value, items))),
      );
    return h(
      "span",
      { class: "tags" },
      values.map((value) => h("span", { class: "tag" }, String(value))),
    );
  }

  count(number) {
    return this.numbers.format(number);
  }
}

const telling = [
  "title",
  "name",
  "fullName",
  "full_name",
  "displayName",
  "display_name",
  "label",
  "subject",
  "headline",
  "summary",
  "username",
  "userName",
  "login",
  "email",
  "text",
  "description",
  "id",
];

// titleOf is the property that tells items apart for a person, undefined where none does.
export const titleOf = (schema) => telling.find((name) => schema.properties?.[name]);

// nameOf is what an item is called, by what tells it apart, else by its key.
export function nameOf(item, key) {
  const name =
    typeof item === "object" && item !== null
      ? telling.map((property) => item[property]).find((value) => typeof value === "string" && value)
      : item;
  const text = String(name ?? key ?? "");
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
