import { fillPath } from "./client.js";

// Places of the page are paths of the document behind "#": "#/posts/7", "#/posts?tag=go",
// "#/posts/7/~change". A query is the very query that is sent.

// linkTo is the address of a template's page.
export function linkTo(template, values = [], { verb, query } = {}) {
  return `#${fillPath(template, values)}${verb ? `/~${verb}` : ""}${query ? `?${query}` : ""}`;
}

// parse takes an address apart: {path, verb, query}.
export function parse(hash) {
  const [whole, query = ""] = split(hash.replace(/^#/, ""), "?");
  const found = whole.match(/^(.*)\/~(\w+)$/);
  return found ? { path: found[1], verb: found[2], query } : { path: whole, verb: "", query };
}

function split(text, separator) {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

// find is the resource that a path is of: {resource, item: whether it is one of its items, values}. Of
// several the one counts that leaves least open.
export function find(resources, path) {
  const candidates = resources.flatMap((resource) => [
    [resource, resource.path, false],
    [resource, resource.item, true],
  ]);
  const fits = candidates.flatMap(([resource, template, item]) => {
    const found = template && path.match(pattern(template));
    return found
      ? [{ resource, item, values: found.slice(1).map(decoded), literal: template.replace(/\{[^}]+\}/g, "").length }]
      : [];
  });
  return fits.sort((a, b) => b.literal - a.literal)[0];
}

const pattern = (template) =>
  new RegExp(
    `^${template
      .split(/\{[^}]+\}/)
      .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join("([^/]+)")}$`,
  );

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// open says that a value is still the parameter's name: nobody has said yet which one is meant.
export const open = (value) => /^\{.*\}$/.test(value);
