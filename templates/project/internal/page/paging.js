import { dig } from "./schema.js";

const cursors =
  /^(after|cursor|page_?token|starting_?after|next(_?(token|cursor))?|token|continue|marker|page\[after\]|page\[cursor\])$/i;
const offsets = /^(offset|skip|start|page\[offset\])$/i;
const pages = /^(page|page_?number|p|page\[number\])$/i;
const sizes = /^(limit|per_?page|page_?size|size|count|max_?results|page\[size\]|page\[limit\]|first|top)$/i;
const backwards = /^(before|ending_?before|prev(ious)?)$/i;

// isPaging says that a query parameter is about pages, and no filter.
export const isPaging = (name) => [cursors, offsets, pages, sizes, backwards].some((pattern) => pattern.test(name));

// nextPage is the query of the page after this one, undefined where it is the last: as the answer's
// Link header, its body, or the count of its items says.
export function nextPage(operation, query, { value, headers }, items) {
  const link = linked(headers.get("Link"));
  if (link) return link;
  const told = items.length > 0 && toldNext(value);
  const named = (pattern) => operation.parameters.find((p) => p.in === "query" && pattern.test(p.name));
  const cursor = named(cursors);
  if (typeof told === "string" && told.includes("?")) return told.slice(told.indexOf("?") + 1);
  if (told && cursor) return changed(query, cursor.name, told);
  return counted(query, named(offsets), named(pages), named(sizes), items.length, totalOf(value, headers));
}

function linked(header) {
  const next = header?.split(/,(?=\s*<)/).find((link) => /;\s*rel="?next"?/.test(link));
  const target = next?.match(/<([^>]*)>/)?.[1];
  return target && new URL(target, location.href).search.slice(1);
}

const places = [
  [],
  ["meta"],
  ["pagination"],
  ["paging"],
  ["page"],
  ["links"],
  ["_links"],
  ["cursors"],
  ["paging", "cursors"],
  ["meta", "pagination"],
  ["meta", "page"],
];
const nextNames = /^(next|after|next_?(cursor|token|page_?token|page|url|link)|end_?cursor|cursor)$/i;

function toldNext(value) {
  if (typeof value !== "object" || Array.isArray(value)) return undefined;
  for (const place of places) {
    const [, found] =
      Object.entries(dig(value, place) ?? {}).find(
        ([name, next]) => nextNames.test(name) && ((typeof next === "string" && next) || typeof next === "number" || next?.href),
      ) ?? [];
    if (found) return found.href ?? String(found);
  }
  return undefined;
}

function counted(query, offset, page, size, count, total) {
  const asked = new URLSearchParams(query);
  const number = (parameter, otherwise) => Number(asked.get(parameter?.name) ?? parameter?.schema?.default ?? otherwise);
  const step = number(size, 20);
  if (count === 0 || count < step) return undefined;
  if (offset) {
    const next = number(offset, 0) + count;
    return total !== undefined && next >= total ? undefined : changed(query, offset.name, next);
  }
  if (!page) return undefined;
  const next = number(page, 1) + 1;
  return total !== undefined && (next - 1) * step >= total ? undefined : changed(query, page.name, next);
}

const totalNames = ["total", "totalCount", "total_count", "totalItems", "total_items", "totalResults", "total_results"];

// totalOf is how many items there are on all pages, where an answer says so.
export function totalOf(value, headers) {
  const header = headers.get("X-Total-Count");
  if (header) return Number(header);
  const found = Array.isArray(value) ? [] : places.flatMap((place) => totalNames.map((name) => dig(value, [...place, name])));
  return found.find((total) => typeof total === "number");
}

function changed(query, name, value) {
  const search = new URLSearchParams(query);
  search.set(name, value);
  return search.toString();
}

// firstPage is the query without what names a page.
export function firstPage(query) {
  const search = new URLSearchParams(query);
  for (const name of [...search.keys()]) if (isPaging(name) && !sizes.test(name)) search.delete(name);
  return search.toString();
}
