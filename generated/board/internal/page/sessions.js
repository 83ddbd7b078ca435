import { h, button, fill } from "./element.js";
import { explain } from "./explain.js";
import { humanize, label } from "./format.js";
import { keyOf } from "./resources.js";
import { dig, listed } from "./schema.js";
import { columns, table } from "./table.js";
import { trouble } from "./view.js";

// sessions lists where a person is logged in, and ends what they no longer want.
export function sessions(app, signal) {
  const { sessions: list } = app.account;
  if (!list) return undefined;
  const section = h("section", { class: "panel" });
  const refresh = async () => {
    try {
      const { value } = await app.client.call(list, { signal });
      fill(section, contents(app, value, refresh));
    } catch (failure) {
      if (failure.name !== "AbortError") fill(section, h("h2", {}, app.t("sessions")), trouble(app, failure));
    }
  };
  fill(section, h("h2", {}, app.t("sessions")), h("p", { class: "loading" }, app.t("loading")));
  refresh();
  return section;
}

const isCurrent = (item) => Object.entries(item).some(([name, value]) => /^(is_?)?current$/i.test(name) && value === true);

function contents(app, value, refresh) {
  const where = listed(app.api.document, app.account.sessions.answer, "sessions");
  const items = dig(value, where?.at ?? []) ?? [];
  const schema = app.api.shape(where?.items ?? {});
  const { endSession } = app.account;
  const key = (item) => keyOf({ key: endSession?.path.match(/\{([^}]+)\}$/)?.[1] ?? "id" }, item);
  const shown = columns(app.api, schema, items, "id").filter(({ name }) => !/^((is_?)?current|id)$/i.test(name));
  const rows = items.map((item) => [
    ...shown.map(({ name, schema: s }) => app.format.show(name, item[name], s)),
    isCurrent(item) ? h("span", { class: "tag" }, app.t("thisSession")) : endSession && end(app, item, key(item), refresh),
  ]);
  return [
    h(
      "div",
      { class: "title" },
      h("h2", { tabindex: -1 }, app.t("sessions")),
      h("div", { class: "actions" }, all(app, items, key, refresh)),
    ),
    table({ caption: app.t("sessions"), heads: [...shown.map(({ name, schema: s }) => label(name, s)), humanize("")], rows }),
  ];
}

function end(app, item, key, refresh) {
  const name = String(item.userAgent ?? item.user_agent ?? item.name ?? key);
  return button(
    app.t("endSession"),
    () =>
      attempt(app, async () => {
        await app.client.call(app.account.endSession, { values: [key] });
        await refresh();
        app.announce(app.t("sessionEnded"));
      }),
    { class: "quiet", "aria-label": app.t("endSessionOf", { name }) },
  );
}

function all(app, items, key, refresh) {
  const { endSession, endAll } = app.account;
  const others = items.some(isCurrent) ? items.filter((item) => !isCurrent(item)) : [];
  const endOthers = async () => {
    for (const item of others) await app.client.call(endSession, { values: [key(item)] });
    await refresh();
    app.announce(app.t("othersEnded"));
  };
  const everywhere = async () => {
    await app.client.call(endAll);
    await app.forget(app.t("loggedOut"));
  };
  return [
    endSession && others.length > 0 && button(app.t("endOthers"), () => attempt(app, endOthers)),
    endAll && button(app.t("endAll"), () => attempt(app, everywhere)),
  ];
}

async function attempt(app, act) {
  try {
    await act();
  } catch (failure) {
    app.announce(explain(app.t, failure));
  }
}
