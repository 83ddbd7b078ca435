import { listed, wrapping } from "./schema.js";
import { accountOperations } from "./operations.js";

// Resource is a collection, an item, or both, with what the document lets one do with it.
class Resource {
  constructor(path) {
    this.path = path; // of the collection, or of the only one there is
    this.item = undefined; // path of an item
    this.operations = {}; // list, create, read, update, replace, delete
    this.nested = [];
    this.parent = undefined;
    this.shallow = undefined; // where the items are that have paths of their own
  }

  // whose has the items.
  get whose() {
    return this.shallow ?? this;
  }

  // lead is what the path of an item asks for, by what this one's does.
  lead(values, key) {
    return this.shallow ? [key] : [...values, key];
  }

  get noun() {
    return literals(this.path).at(-1) ?? literals(this.item ?? "").at(-1) ?? this.path;
  }

  get single() {
    return !this.item && !this.operations.list;
  }

  // key is the parameter that names an item.
  get key() {
    return this.item && names(this.item).at(-1);
  }

  get needs() {
    return names(this.path);
  }
}

const trim = (path) => (path.length > 1 ? path.replace(/\/+$/, "") : path);
const names = (path) => [...path.matchAll(/\{([^}]+)\}/g)].map((found) => found[1]);
const literals = (path) => path.split("/").filter((segment) => segment && !segment.includes("{"));
const anonymous = (path) => trim(path).replace(/\{[^}]+\}/g, "{}");
const above = (path) => trim(path).replace(/\/[^/]*$/, "");

// resources finds them all, those of others' below them.
export function resources(api) {
  const found = new Map();
  const at = (path) => {
    const key = anonymous(path);
    if (!found.has(key)) found.set(key, new Resource(trim(path)));
    return found.get(key);
  };
  for (const operation of api.operations) place(api, at, operation);
  const all = spelledAlike([...found.values()]).filter((resource) => useful(api, resource));
  nest(all);
  joinShallow(all);
  const account = new Set(Object.values(accountOperations(api)));
  return all.filter((resource) => Object.values(resource.operations).some((operation) => !account.has(operation)));
}

function place(api, at, operation) {
  const path = trim(operation.path);
  const isItem = /\/\{[^/{}]+\}$/.test(path);
  const resource = at(isItem ? above(path) || "/" : path);
  const slots = resource.operations;
  if (isItem) {
    resource.item ??= path;
    const kind = { GET: "read", PATCH: "update", PUT: "replace", DELETE: "delete", POST: "update" }[operation.method];
    if (operation.method === "POST" && !operation.body) return;
    slots[kind] ??= operation;
  } else if (operation.method === "GET") {
    slots[listed(api.document, operation.answer, literals(path).at(-1)) ? "list" : "own"] ??= operation;
  } else if (operation.body) {
    slots[{ POST: "create", PUT: "replaceOwn", PATCH: "updateOwn" }[operation.method]] ??= operation;
  } else if (operation.method === "DELETE") {
    slots.deleteOwn ??= operation;
  }
}

// spelledAlike makes one resource of /users and /user/{id}, where nothing clashes.
function spelledAlike(all) {
  for (const one of all) {
    const many = all.find((other) => other !== one && other.operations.list && plurals(one.path).includes(other.path));
    if (!many || (many.item && one.item) || Object.keys(one.operations).some((kind) => many.operations[kind])) continue;
    Object.assign(many.operations, one.operations);
    many.item ??= one.item;
    one.operations = {};
  }
  return all;
}

const plurals = (path) => [`${path}s`, `${path}es`, path.replace(/y$/, "ies")];

// useful settles what an operation beside a collection means, and says whether anything can be done.
function useful(api, resource) {
  const { own, updateOwn, replaceOwn, deleteOwn, ...slots } = resource.operations;
  if (!resource.item && !slots.list && own && (updateOwn || replaceOwn)) {
    Object.assign(slots, { read: own, update: updateOwn, replace: replaceOwn, delete: deleteOwn });
  } else if (resource.item) {
    slots.replace ??= replaceOwn;
  }
  resource.operations = Object.fromEntries(Object.entries(slots).filter(([, operation]) => operation));
  return Boolean(slots.list || slots.read || (resource.item && (slots.update || slots.replace || slots.delete)));
}

function nest(all) {
  const byItem = new Map(all.filter((r) => r.item).map((r) => [anonymous(r.item), r]));
  for (const resource of all) {
    for (let path = above(resource.path); path.includes("{"); path = above(path)) {
      const parent = byItem.get(anonymous(path));
      if (!parent || parent === resource || (!parent.operations.read && !parent.operations.list)) continue;
      resource.parent = parent;
      parent.nested.push(resource);
      break;
    }
  }
}

// joinShallow tells lists below a parent where the items are, if these have paths of their own: /posts/{id}/comments
// has those of /comments/{id}.
function joinShallow(all) {
  for (const own of all) {
    if (!own.item || own.needs.length > 0) continue;
    const base = own.path.slice(0, -own.noun.length);
    const below = all.filter((r) => !r.item && r.needs.length > 0 && r.noun === own.noun && r.path.startsWith(base));
    const makers = [own, ...below].filter((r) => r.operations.create);
    for (const one of below) if (!one.operations.create || makers.length === 1) one.shallow = own;
  }
}

// representation is the schema of an item, as a list or a read answers it.
export function representation(api, resource) {
  const { list, read } = resource.operations;
  if (list) return api.shape(listed(api.document, list.answer, resource.noun)?.items ?? {});
  return answered(api, read);
}

// answered is the schema of an item in the answer of an operation.
function answered(api, operation) {
  const outer = api.shape(operation?.answer ?? {});
  const [inside] = wrapping(api.document, operation?.answer);
  return inside ? api.shape(outer.properties[inside]) : outer;
}

// unnamed are the members of an item that no schema has a name for, where the body of an operation may have such.
export function unnamed(api, resource, { body }, item) {
  const schema = api.shape(body?.schema ?? {});
  if (!schema.additionalProperties || schema.type !== "object") return {};
  const { read } = resource.operations;
  const seen = read ? answered(api, read) : representation(api, resource);
  const named = [schema, seen].flatMap((known) => Object.keys(known.properties ?? {}));
  return Object.fromEntries(Object.entries(item ?? {}).filter(([name]) => !named.includes(name)));
}

// keyOf is the value that names an item in paths, undefined where it says nothing of the kind.
export function keyOf(resource, item) {
  const parameter = resource.key;
  if (!parameter || typeof item !== "object" || item === null) return item;
  const same = (name) => Object.keys(item).find((key) => plain(key) === plain(name));
  const stem = parameter.replace(/[_-]?(id|uuid|key|name|slug|number|sid)$/i, "");
  const tail = parameter.slice(stem.length).replace(/^[_-]/, "");
  for (const name of [parameter, tail, "id", "uuid", "sid", "slug", "key", "name", "number", "code"]) {
    const property = name && same(name);
    if (property && ["string", "number"].includes(typeof item[property])) return item[property];
  }
  return undefined;
}

const plain = (name) => name.toLowerCase().replaceAll(/[_-]/g, "");
