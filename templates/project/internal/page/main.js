import { h } from "./element.js";
import { load } from "./api.js";
import { App } from "./app.js";
import { preferred, translator } from "./words.js";

// start shows the page once the document is there, or says why it is not.
async function start() {
  const language = preferred();
  document.documentElement.lang = language;
  const t = translator(language);
  document.getElementById("view").replaceChildren(h("p", { class: "loading" }, t("loading")));
  try {
    await new App(await load(), language).start();
  } catch (error) {
    document
      .getElementById("view")
      .replaceChildren(
        h(
          "div",
          { class: "empty", role: "alert" },
          h("h1", {}, t("failed")),
          h("p", {}, String(error.message)),
          h("a", { href: "/docs" }, t("docs")),
        ),
      );
  }
}

start();
