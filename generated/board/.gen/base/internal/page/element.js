// h makes an element. Strings become text, never markup, wherever they come from; nothing else in
// this page puts content into it.
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...present(children));
  return element;
}

const present = (children) => children.flat(Infinity).filter((c) => c !== undefined && c !== null && c !== false);

// fill replaces what an element holds.
export function fill(element, ...children) {
  element.replaceChildren(...present(children));
  return element;
}

// button is one that acts, and does not act twice at a time.
export function button(text, act, attributes = {}) {
  const element = h("button", { type: "button", ...attributes }, text);
  element.addEventListener("click", async () => {
    if (element.getAttribute("aria-disabled") === "true") return;
    element.setAttribute("aria-disabled", "true");
    try {
      await act();
    } finally {
      element.removeAttribute("aria-disabled");
    }
  });
  return element;
}

// uniqueID names an element that others refer to.
export const uniqueID = (stem) => `${stem}-${crypto.randomUUID().slice(0, 8)}`;
