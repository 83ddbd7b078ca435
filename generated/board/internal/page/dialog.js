import { h, button, uniqueID } from "./element.js";

// confirmed asks before something that cannot be undone.
export function confirmed(app, { title, text, action }) {
  return new Promise((resolve) => {
    const ids = { title: uniqueID("title"), text: uniqueID("text") };
    const before = document.activeElement;
    const end = (answer) => {
      dialog.close();
      dialog.remove();
      before?.focus();
      resolve(answer);
    };
    const dialog = h(
      "dialog",
      { "aria-labelledby": ids.title, "aria-describedby": ids.text },
      h("h2", { id: ids.title }, title),
      h("p", { id: ids.text }, text),
      h(
        "div",
        { class: "actions" },
        button(app.t("cancel"), () => end(false), { autofocus: true }),
        button(action, () => end(true), { class: "danger" }),
      ),
    );
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      end(false);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
