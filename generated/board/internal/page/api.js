import { resolve, shape } from "./schema.js";

const methods = ["get", "post", "put", "patch", "delete"];

// API is the document as the rest of the page reads it.
export class API {
  constructor(document) {
    this.document = document;
    this.title = document.info?.title ?? "API";
    this.description = document.info?.description ?? "";
    this.schemes = document.components?.securitySchemes ?? {};
    // The server that answers this page stands first.
    this.base = (document.servers?.[0]?.url ?? "").replace(/\/+$/, "");
    this.operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) => this.#ofPath(path, item));
  }

  shape(schema) {
    return shape(this.document, schema);
  }

  scheme(name) {
    return resolve(this.document, this.schemes[name]);
  }

  #ofPath(path, item) {
    const at = resolve(this.document, item);
    return methods.filter((method) => at[method]).map((method) => this.#operation(path, at, method));
  }

  #operation(path, item, method) {
    const own = item[method];
    const parameters = new Map();
    for (const reference of [...(item.parameters ?? []), ...(own.parameters ?? [])]) {
      const parameter = resolve(this.document, reference);
      parameters.set(`${parameter.in} ${parameter.name}`, parameter);
    }
    return {
      id: own.operationId ?? "",
      method: method.toUpperCase(),
      path,
      summary: own.summary ?? "",
      deprecated: Boolean(own.deprecated),
      parameters: [...parameters.values()],
      body: this.#body(own),
      answer: this.#answer(own),
      security: own.security ?? this.document.security ?? [],
    };
  }

  #body(operation) {
    const body = resolve(this.document, operation.requestBody ?? {});
    const mediaType = best(Object.keys(body.content ?? {}));
    return mediaType && { mediaType, schema: body.content[mediaType].schema ?? {}, required: Boolean(body.required) };
  }

  #answer(operation) {
    const statuses = Object.keys(operation.responses ?? {})
      .filter((status) => /^(2..|default)$/i.test(status))
      .sort();
    for (const status of statuses) {
      const { content = {} } = resolve(this.document, operation.responses[status]);
      const mediaType = Object.keys(content).find(isJSON) ?? Object.keys(content).find((type) => type === "*/*");
      if (mediaType) return content[mediaType].schema;
    }
    return undefined;
  }
}

export const isJSON = (mediaType) => /^application\/(.*\+)?json\b/i.test(mediaType);

function best(mediaTypes) {
  const order = [
    isJSON,
    (type) => type === "*/*",
    (type) => type.startsWith("application/x-www-form-urlencoded"),
    (type) => type.startsWith("multipart/form-data"),
  ];
  for (const fits of order) {
    const found = mediaTypes.find(fits);
    if (found) return found;
  }
  return undefined;
}

// load reads the document from the server that this page is of.
export async function load() {
  const answer = await fetch("/openapi.json");
  if (!answer.ok) throw new Error(`/openapi.json: ${answer.status}`);
  return new API(await answer.json());
}
