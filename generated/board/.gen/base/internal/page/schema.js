// Schemas as forms and tables need them: references followed, allOf merged, null set apart.

import { among, apart } from "./alternatives.js";

const deepest = 24; // Schemas may contain themselves.

// resolve follows the references of anything in the document.
export function resolve(document, value) {
  let at = value;
  for (let i = 0; i < deepest && typeof at?.$ref === "string"; i++) {
    const { $ref, ...beside } = at;
    if (!$ref.startsWith("#/")) return beside;
    const target = $ref
      .slice(2)
      .split("/")
      .reduce((node, part) => node?.[unescape(part)], document);
    at = target === undefined ? beside : { ...target, ...beside };
  }
  return at ?? {};
}

const unescape = (part) => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");

// shape is a schema on its own level: {type, nullable, properties, required, items, enum, …}. type is
// "" where the schema leaves it open, as one of several alternatives does.
export function shape(document, schema, depth = 0) {
  const own = resolve(document, schema === true || schema === false ? {} : schema);
  let merged = { ...own };
  delete merged.allOf;
  if (depth < deepest) {
    merged = join((own.allOf ?? []).map((part) => shape(document, part, depth + 1)).reduce(join, {}), merged);
    merged = alternatives(document, merged, depth);
  }
  return typed(merged);
}

function join(a, b) {
  const choice = a.choice ? among(a.choice, (one) => join(one, b)) : b.choice && among(b.choice, (one) => join(a, one));
  return {
    ...a,
    ...b,
    choice,
    nullable: a.nullable || b.nullable,
    properties: a.properties || b.properties ? { ...a.properties, ...b.properties } : undefined,
    required: [...(a.required ?? []), ...(b.required ?? [])],
  };
}

// either is an object that may be one or the other: a property that both have is as one of them says.
function either(a, b) {
  const properties = { ...a.properties };
  for (const [name, schema] of Object.entries(b.properties)) {
    properties[name] = name in properties ? { oneOf: [properties[name], schema] } : schema;
  }
  return { ...join(a, b), properties, choice: undefined };
}

const only = ({ enum: values, nullable }) => (values?.length === 1 && !nullable ? values[0] : undefined);

const simple = ["string", "number", "integer", "boolean"];

// alternatives takes "X or null" for X; alternatives that are all objects become one object, in which
// only what all of them require is required. Where it has to be one of them, choice has them apart.
function alternatives(document, merged, depth) {
  const branches = merged.oneOf ?? merged.anyOf;
  if (!branches) return merged;
  const shapes = branches.map((branch) => shape(document, branch, depth + 1));
  const real = shapes.filter((s) => s.type !== "null");
  const { oneOf, anyOf, ...rest } = merged;
  const nullable = real.length < shapes.length || shapes.some((s) => s.nullable);
  if (real.length === 1) return { ...join(real[0], rest), nullable: nullable || rest.nullable };
  if (real.length > 1 && real.every((s) => s.type === "object" && s.properties)) {
    const required = (real[0].required ?? []).filter((name) => real.every((s) => s.required?.includes(name)));
    const { title, description, discriminator } = rest;
    const found = branches
      .map((branch, i) => ({ branch, shape: join(shapes[i], rest) }))
      .filter((_, i) => shapes[i].type !== "null");
    const constant = (one, name) => only(shape(document, one.properties[name] ?? {}, depth + 1));
    return {
      ...join(real.reduce(either), rest),
      ...{ title, description, nullable },
      required: [...required, ...(rest.required ?? [])],
      choice: oneOf && apart(discriminator, found, constant),
    };
  }
  const { type } = real[0] ?? {};
  if (real.every((s) => s.enum)) return { ...rest, type, enum: [...new Set(real.flatMap((s) => s.enum))], nullable };
  if (simple.includes(type) && real.every((s) => s.type === type)) return { ...rest, type, nullable: nullable || rest.nullable };
  return { ...rest, type: rest.type ?? "", mixed: true, nullable: nullable || rest.nullable };
}

function typed(merged) {
  const types = [merged.type ?? []].flat();
  const named = types.filter((type) => type !== "null");
  const nullable = Boolean(merged.nullable || types.length > named.length || merged.enum?.includes(null));
  let type = named.length === 1 ? named[0] : "";
  if (!named.length && types.length) type = "null";
  if (!types.length && !merged.mixed) type = guess(merged);
  const choices = merged.const !== undefined ? [merged.const] : merged.enum;
  return { ...merged, type, nullable, enum: choices?.filter((choice) => choice !== null) };
}

function guess(schema) {
  if (schema.properties) return "object";
  if (schema.items) return "array";
  return typeof (schema.const ?? schema.enum?.[0] ?? schema.default) === "string" || schema.format ? "string" : "";
}

const listNames = ["items", "data", "results", "records", "values", "entries", "list", "content", "rows"];

// listed finds the items in the answer of a list, which may be an array or have one in it:
// {at: path of names, items: schema}, or nothing.
export function listed(document, schema, noun, depth = 0) {
  const outer = shape(document, schema ?? {});
  if (outer.type === "array") return { at: [], items: outer.items ?? {} };
  const properties = Object.entries(outer.properties ?? {}).map(([name, s]) => ({ name, schema: shape(document, s) }));
  const arrays = properties.filter((p) => p.schema.type === "array");
  const array =
    arrays.find((p) => p.name === noun) ??
    arrays.find((p) => listNames.includes(p.name)) ??
    (arrays.length === 1 && shape(document, arrays[0].schema.items).type === "object" ? arrays[0] : undefined);
  if (array) return { at: [array.name], items: array.schema.items ?? {} };
  if (depth > 0) return undefined;
  for (const p of properties.filter((p) => p.schema.type === "object" && [...listNames, noun].includes(p.name))) {
    const inner = listed(document, p.schema, noun, depth + 1);
    if (inner) return { at: [p.name, ...inner.at], items: inner.items };
  }
  return undefined;
}

// unwrapped is the representation in an answer that wraps it: {"data": {…}}. It returns the names that
// lead there.
export function wrapping(document, schema) {
  const outer = shape(document, schema ?? {});
  const entries = Object.entries(outer.properties ?? {});
  const inner = entries.find(([name]) => name === "data" || name === "result") ?? (entries.length === 1 ? entries[0] : undefined);
  return inner && shape(document, inner[1]).properties ? [inner[0]] : [];
}

export const dig = (value, names) => names.reduce((at, name) => at?.[name], value);
