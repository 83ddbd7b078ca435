"use strict";

const address = document.querySelector("link[rel=service-desc]").href;
const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

// atThisServer makes the document one of which every operation can be called here. Requests go to the first server,
// this one. Tokens are entered: those who issue them are elsewhere, and this page asks nobody else.
function atThisServer(api) {
  api.servers = api.servers.slice(0, 1);
  for (const path of Object.values(api.paths ?? {})) {
    delete path.servers;
    for (const method of methods) {
      delete path[method]?.servers;
    }
  }
  for (const scheme of Object.values(api.components?.securitySchemes ?? {})) {
    if (scheme.type === "oauth2" || scheme.type === "openIdConnect") {
      Object.assign(scheme, { type: "http", scheme: "bearer" });
    }
  }
  return api;
}

function responseInterceptor(response) {
  if (response.ok && response.url === address) {
    response.text = JSON.stringify(atThisServer(JSON.parse(response.text)));
  }
  return response;
}

// Browsers let no script set the header, but cookies.
function requestInterceptor(request) {
  for (const cookie of request.headers?.Cookie?.split("; ") ?? []) {
    document.cookie = cookie + "; Path=/; SameSite=Strict";
  }
  delete request.headers?.Cookie;
  return request;
}

// Logging in sets the session's cookie, which no script reads or writes: there is nothing to enter for it.
const cookieScheme = {
  wrapComponents: {
    apiKeyAuth: (Field, { React }) => (props) => props.schema.get("in") !== "cookie"
      ? React.createElement(Field, props)
      : React.createElement("p", null,
        `${props.name}: the operation that logs in sets the cookie ${props.schema.get("name")}, and the browser sends it from then on.`),
  },
};

SwaggerUIBundle({
  dom_id: "#docs",
  url: address,
  deepLinking: true,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  plugins: [() => cookieScheme],
  requestInterceptor,
  responseInterceptor,
});
