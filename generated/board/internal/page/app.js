import { fill } from "./element.js";
import { showAccount } from "./account.js";
import { Client } from "./client.js";
import { showChange, showCreate } from "./edit.js";
import { Formatter } from "./format.js";
import { frame } from "./frame.js";
import { showHome } from "./home.js";
import { showItem } from "./item.js";
import { showList } from "./list.js";
import { accountOperations } from "./operations.js";
import { resources } from "./resources.js";
import { find, parse } from "./route.js";
import { Steps } from "./steps.js";
import { remember, translator } from "./words.js";

// App is what all pages know: the document, the client, who is logged in, the language.
export class App {
  constructor(api, language) {
    this.api = api;
    this.client = new Client(api);
    this.resources = resources(api);
    this.account = accountOperations(api);
    this.user = undefined;
    this.seen = new Map(); // items that only lists show, by their addresses
    this.steps = new Steps();
    this.message = "";
    this.view = document.getElementById("view");
    this.status = document.getElementById("status");
    this.speak(language);
  }

  async start() {
    addEventListener("hashchange", () => this.show());
    await this.whoIsThere();
    await this.show();
  }

  speak(language) {
    this.language = language;
    this.t = translator(language);
    this.format = new Formatter(language, this.t, (schema) => this.api.shape(schema));
    document.documentElement.lang = language;
  }

  // choose changes the language, for this visit and later ones.
  choose(language) {
    remember(language);
    this.speak(language);
    this.show();
  }

  // go leads to an address, with something to say on arrival.
  go(address, message = "") {
    this.message = message;
    if (location.hash === address || (address === "#" && location.hash === "")) this.show();
    else location.hash = address;
  }

  // again shows the same page anew.
  again(message = "") {
    this.message = message;
    return this.show();
  }

  // show is the page that the address names. One that is on its way is given up.
  async show() {
    this.going?.abort();
    this.going = new AbortController();
    const message = this.message;
    this.message = "";
    this.announce(message);
    frame(this);
    try {
      await this.#page(parse(location.hash), this.going.signal);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  #page({ path, verb, query }, signal) {
    if (path === "account") return showAccount(this, undefined, signal);
    const found = find(this.resources, path);
    if (!found) return showHome(this);
    const route = { ...found, query };
    const { operations, single } = found.resource;
    if (verb === "create" && operations.create && !found.item) return showCreate(this, route);
    if (verb === "change" && (operations.update || operations.replace) && (found.item || single))
      return showChange(this, route, signal);
    return found.item || single ? showItem(this, route, signal) : showList(this, route, signal);
  }

  // place puts a page on the screen, and a reader's or a keyboard's attention on its heading. The first
  // page leaves it where the browser has it.
  place(title, ...children) {
    fill(this.view, children);
    this.entitle(title);
    if (this.placed) this.view.querySelector("h1")?.focus({ preventScroll: true });
    if (this.placed) scrollTo(0, 0);
    this.placed = true;
  }

  entitle(title) {
    document.title = [title, this.api.title].filter(Boolean).join(" · ");
  }

  // announce says what happened, on the screen too unless quietly.
  announce(text, { quietly = false } = {}) {
    if (quietly && this.status.textContent && !this.status.classList.contains("hidden")) return;
    this.status.classList.toggle("hidden", quietly || !text);
    this.status.textContent = text;
  }

  // whoIsThere asks the server who is logged in.
  async whoIsThere() {
    if (!this.account.me) return;
    try {
      this.user = (await this.client.call(this.account.me)).value;
    } catch {
      this.user = undefined;
    }
    frame(this);
  }

  // forget is after the end of a session.
  async forget(message) {
    this.user = undefined;
    this.client.credentials.clear();
    this.seen.clear();
    this.go("#account", message);
  }
}
