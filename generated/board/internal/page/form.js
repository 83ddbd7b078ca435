import { h } from "./element.js";
import { members, part } from "./fields.js";
import { explain } from "./explain.js";
import { leavesOf, readMembers } from "./members.js";

// Form edits what a schema describes. settings are those of a part, with {submit, onSubmit(body), aside,
// explain}; what onSubmit throws is shown beside the fields that it is about.
export class Form {
  constructor(app, schema, settings) {
    this.app = app;
    this.settings = settings;
    this.shape = app.api.shape(schema);
    this.object = this.shape.type === "object" || Boolean(this.shape.properties);
    this.parts = this.object
      ? members(app, this.shape, { ...settings, required: true })
      : [["", part(app, settings.name ?? "body", schema, { ...settings, required: true })]];
    this.alert = h("div", { class: "alert", role: "alert", tabindex: -1, hidden: true });
    this.button = h("button", { class: "primary" }, settings.submit);
    this.element = h(
      "form",
      { novalidate: true },
      this.alert,
      this.#legend(),
      this.parts.map(([, one]) => one.element),
      h("div", { class: "actions" }, this.button, settings.aside),
    );
    this.element.addEventListener("submit", (event) => this.#submit(event));
  }

  #legend() {
    return requires(this.shape) && !this.settings.changing && this.settings.purpose !== "logIn"
      ? h("p", { class: "hint" }, this.app.t("requiredHint"))
      : undefined;
  }

  leaves() {
    return this.object ? leavesOf(this.parts, "") : this.parts[0][1].leaves("");
  }

  // body is what there is to send; of a change it may be empty.
  body() {
    return this.object ? readMembers(this.parts, true) : this.parts[0][1].read();
  }

  async #submit(event) {
    event.preventDefault();
    if (this.button.getAttribute("aria-disabled") === "true") return;
    this.#clear();
    const problems = this.leaves()
      .map((leaf) => ({ pointer: leaf.pointer, detail: leaf.problem() }))
      .filter((problem) => problem.detail);
    if (problems.length) return this.#show("", problems);
    this.button.setAttribute("aria-disabled", "true");
    try {
      await this.settings.onSubmit(this.body());
    } catch (failure) {
      this.#show((this.settings.explain ?? explain)(this.app.t, failure), failure.errors ?? []);
    } finally {
      this.button.removeAttribute("aria-disabled");
    }
  }

  #clear() {
    this.alert.hidden = true;
    for (const leaf of this.leaves()) leaf.fail("");
  }

  // #show puts each error beside its field, the rest above all of them, and goes to the first.
  #show(text, errors) {
    const leaves = this.leaves();
    const beside = new Map();
    const rest = [];
    for (const error of errors) {
      const leaf = nearest(leaves, error.pointer);
      if (!leaf)
        rest.push([error.pointer?.slice(1) ?? error.parameter, this.app.t.detail(error.detail)].filter(Boolean).join(": "));
      else
        beside.set(leaf, [
          ...(beside.get(leaf) ?? []),
          leaf.describe(this.app.t.detail(error.detail), lineOf(error.pointer, leaf.pointer)),
        ]);
    }
    for (const [leaf, details] of beside) leaf.fail(details.join("\n"));
    this.alert.replaceChildren(
      h("p", {}, beside.size ? this.app.t(beside.size > 1 ? "invalidCount" : "invalidOne", { count: beside.size }) : text),
      ...rest.map((line) => h("p", {}, line)),
    );
    this.alert.hidden = false;
    const first = leaves.find((leaf) => beside.has(leaf));
    (first?.input ?? this.alert).focus();
  }
}

const requires = ({ required, choice }) => Boolean(required?.length || choice?.list.some(({ shape }) => requires(shape)));

// nearest is the field of a pointer, or the one that has the value within its own.
function nearest(leaves, pointer) {
  if (!pointer) return undefined;
  const fits = leaves.filter((leaf) => leaf.pointer === pointer || pointer.startsWith(`${leaf.pointer}/`));
  return (
    fits.sort((a, b) => b.pointer.length - a.pointer.length)[0] ?? leaves.find((leaf) => leaf.pointer.startsWith(`${pointer}/`))
  );
}

function lineOf(pointer, own) {
  const below = pointer.slice(own.length + 1);
  return /^\d+$/.test(below) ? Number(below) : undefined;
}
