import { isJSON } from "./api.js";

// Failure is what a server answered in place of what was asked, as a person can read it. errors are
// {pointer | parameter, detail}; status is 0 where there was no answer.
export class Failure extends Error {
  constructor(status, detail, errors = []) {
    super(detail);
    this.status = status;
    this.errors = errors;
  }
}

// Client calls operations. What a person entered to be let in stays in it, and so in memory only.
export class Client {
  constructor(api) {
    this.api = api;
    this.credentials = new Map();
  }

  // call returns {value, headers, status}. values fill the path, query is sent as it is.
  async call(operation, { values = [], query = "", body, ifMatch, headers = {}, signal } = {}) {
    const search = new URLSearchParams(query);
    const request = new Headers({ Accept: "application/json, */*;q=0.5", ...headers });
    this.#identify(operation, request, search);
    if (ifMatch) request.set("If-Match", ifMatch);
    const content = body === undefined ? undefined : encode(operation.body?.mediaType ?? "application/json", body, request);
    const address = this.api.base + fillPath(operation.path, values) + (search.size ? `?${search}` : "");
    let answer;
    try {
      answer = await fetch(address, { method: operation.method, headers: request, body: content, cache: "no-store", signal });
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new Failure(0, "");
    }
    const value = await decode(answer);
    if (!answer.ok) throw failure(answer.status, value);
    return { value, headers: answer.headers, status: answer.status };
  }

  // #identify adds what was entered for the schemes that the operation names; cookies travel by themselves.
  #identify(operation, headers, search) {
    for (const name of operation.security.flatMap((alternative) => Object.keys(alternative))) {
      const secret = this.credentials.get(name);
      const scheme = this.api.scheme(name);
      if (!secret) continue;
      if (scheme.type === "apiKey" && scheme.in === "query") search.set(scheme.name, secret);
      else if (scheme.type === "apiKey" && scheme.in === "header") headers.set(scheme.name, secret);
      else if (scheme.type === "http" && scheme.scheme.toLowerCase() === "basic")
        headers.set("Authorization", `Basic ${base64(secret)}`);
      else if (scheme.type !== "apiKey") headers.set("Authorization", `Bearer ${secret}`);
    }
  }
}

const base64 = (text) => btoa(String.fromCodePoint(...new TextEncoder().encode(text)));

// fillPath puts values into a path of the document, in the order of its parameters.
export function fillPath(template, values) {
  let next = 0;
  return template
    .replace(/#.*$/, "")
    .replace(/\{[^}]+\}/g, (whole) => (next < values.length ? encodeURIComponent(values[next++]) : whole));
}

function encode(mediaType, body, headers) {
  if (mediaType.startsWith("multipart/")) {
    const form = new FormData();
    for (const [name, value] of pairs(body)) form.append(name, value);
    return form;
  }
  if (mediaType.startsWith("application/x-www-form-urlencoded")) return new URLSearchParams(pairs(body));
  headers.set("Content-Type", isJSON(mediaType) ? mediaType : "application/json");
  return JSON.stringify(body);
}

function pairs(body) {
  const text = (value) => (value instanceof Blob ? value : typeof value === "object" ? JSON.stringify(value) : String(value));
  return Object.entries(body).flatMap(([name, value]) => [value].flat().map((one) => [name, text(one)]));
}

async function decode(answer) {
  const text = await answer.text();
  if (!isJSON(answer.headers.get("Content-Type") ?? "") || text === "") return text || undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

// failure reads RFC 9457 problems and what other documents call the same things.
function failure(status, value) {
  if (typeof value !== "object" || value === null)
    return new Failure(status, typeof value === "string" && value.length < 300 ? value : "");
  const inner = typeof value.error === "object" && value.error ? value.error : {};
  const texts = [
    value.detail,
    value.message,
    inner.message,
    inner.detail,
    value.error_description,
    value.error,
    value.title,
    value.reason,
  ];
  const list = [value.errors, inner.errors, inner.details, value.details, value.detail].find(Array.isArray) ?? [];
  return new Failure(
    status,
    texts.find((text) => typeof text === "string" && text !== "") ?? "",
    list.map(invalid).filter(Boolean),
  );
}

function invalid(entry) {
  if (typeof entry === "string") return { detail: entry };
  if (typeof entry !== "object" || entry === null) return undefined;
  const place = entry.pointer ?? entry.source?.pointer ?? entry.field ?? entry.path;
  const pointer = typeof place === "string" && place && !place.startsWith("/") ? `/${place.replaceAll(".", "/")}` : place;
  return {
    pointer: typeof pointer === "string" ? pointer : undefined,
    parameter: entry.parameter,
    detail: entry.detail ?? entry.message ?? entry.msg ?? "",
  };
}
