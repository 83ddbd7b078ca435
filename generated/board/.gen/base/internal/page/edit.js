import { h } from "./element.js";
import { compare } from "./conflict.js";
import { Form } from "./form.js";
import { humanize, nameOf, singular } from "./format.js";
import { fetchItem, template } from "./item.js";
import { isMergePatch } from "./patch.js";
import { keyOf, unnamed } from "./resources.js";
import { linkTo } from "./route.js";
import { dig, wrapping } from "./schema.js";
import { heading, notice, trouble } from "./view.js";

// showCreate is the form of a new item.
export function showCreate(app, { resource, values }) {
  const { create } = resource.operations;
  const { whose } = resource;
  const noun = singular(resource.noun);
  const title = app.t("createOne", { noun: app.language === "en" && !/^[A-Z]{2,}/.test(noun) ? noun.toLowerCase() : noun });
  const form = new Form(app, create.body?.schema ?? {}, {
    submit: app.t("create"),
    aside: cancel(app, linkTo(resource.path, values)),
    onSubmit: async (body) => {
      const { value } = await app.client.call(create, { values, body });
      const item = dig(value, wrapping(app.api.document, create.answer)) ?? value;
      const key = whose.operations.read && keyOf(whose, item);
      const made = key === undefined ? linkTo(resource.path, values) : linkTo(whose.item, resource.lead(values, key));
      app.go(made, app.t("created"));
    },
  });
  app.place(
    title,
    heading(app, resource, values, { title, text: create.summary, item: true }),
    notice(app, create),
    h("div", { class: "panel" }, form.element),
  );
}

const cancel = (app, href) => h("a", { class: "button", href }, app.t("cancel"));

// showChange is the form of an item that there is.
export async function showChange(app, { resource, values }, signal) {
  const above = resource.single ? values : values.slice(0, -1);
  const operation = resource.operations.update ?? resource.operations.replace;
  const head = heading(app, resource, above, { title: app.t("change"), text: operation.summary, item: true });
  const place = h("div", { class: "panel" }, h("p", { class: "loading" }, app.t("loading")));
  app.place(app.t("change"), head, notice(app, operation), place);
  try {
    const found = await fetchItem(app, resource, values, signal);
    const title = `${app.t("change")}: ${nameOf(found.item, values.at(-1) ?? humanize(resource.noun))}`;
    head.querySelector("h1").textContent = title;
    app.entitle(title);
    new Change(app, resource, values, operation, place).edit(found);
  } catch (failure) {
    if (failure.name === "AbortError") throw failure;
    place.replaceChildren(trouble(app, failure));
  }
}

// Change is a form that a person edits an item in, until it is saved.
class Change {
  constructor(app, resource, values, operation, place) {
    Object.assign(this, { app, resource, values, operation, place });
    this.partly = operation.method !== "PUT";
    this.address = linkTo(template(resource), values);
  }

  edit({ item, tag }) {
    const { app } = this;
    this.item = item;
    this.#overwrite({ item, tag });
    this.form = new Form(app, this.operation.body?.schema ?? {}, {
      initial: item,
      changing: this.partly,
      merging: isMergePatch(this.operation.body?.mediaType),
      submit: app.t("save"),
      aside: cancel(app, this.address),
      onSubmit: (body) => this.save(this.partly ? body : { ...this.rest, ...body }),
    });
    this.place.replaceChildren(this.form.element);
  }

  // #overwrite says what is there now. A PUT removes what it does not name, so it takes along what no field is for.
  #overwrite({ item, tag }) {
    this.tag = tag;
    this.rest = unnamed(this.app.api, this.resource, this.operation, item);
  }

  async save(body) {
    const { app } = this;
    if (this.partly && Object.keys(body).length === 0) return app.go(this.address, app.t("unchanged"));
    try {
      await app.client.call(this.operation, { values: this.values, body, ifMatch: this.tag });
    } catch (failure) {
      if (failure.status !== 412) throw failure;
      return this.#settle(body);
    }
    await app.whoIsThere();
    app.go(this.address, app.t("saved"));
  }

  // #settle shows what others made of it meanwhile beside what was to be saved. The form stays as it is.
  async #settle(body) {
    const { app } = this;
    const theirs = await fetchItem(app, this.resource, this.values);
    const back = () => this.place.replaceChildren(this.form.element);
    const panel = compare(
      app,
      this.operation,
      { before: this.item, theirs: theirs.item, body, partly: this.partly },
      {
        saveMine: async () => {
          this.#overwrite(theirs);
          back();
          this.form.element.requestSubmit();
        },
        takeTheirs: () => {
          this.edit(theirs);
          this.form.leaves()[0]?.input.focus();
        },
        keepEditing: () => {
          this.#overwrite(theirs);
          back();
          this.form.leaves()[0]?.input.focus();
        },
      },
    );
    this.place.replaceChildren(panel);
    panel.querySelector("h2").focus();
  }
}
