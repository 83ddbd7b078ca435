import { h, fill } from "./element.js";
import { field } from "./field.js";
import { escaped, leavesOf, readMembers } from "./members.js";

// choose is the part of an object that is one of several alternatives: a select of these, and the members of the one
// that is chosen, which make gives of its shape. What was entered for another one comes back with it.
export function choose(app, { by, list }, { initial, changing, required }, make) {
  const names = list.map(({ name }, i) => name ?? app.t("alternativeNumber", { number: i + 1 }));
  const first = initial ? fitting(list, by, initial) : required ? 0 : -1;
  const title = by === undefined ? app.t("alternative") : list[0].shape.properties[by]?.title;
  const shape = { title, enum: names, isRequired: first >= 0 };
  const select = field(app, by ?? "", shape, { required: first >= 0, initial: names[first] });
  const [{ input, ...leaf }] = select.leaves("");
  const chosen = () => names.indexOf(input.value);
  const made = new Map();
  const parts = () => {
    const at = chosen();
    if (at >= 0 && !made.has(at)) made.set(at, make(unnamed(list[at], by)));
    return made.get(at) ?? [];
  };
  const legend = h("legend");
  const members = h("fieldset");
  const show = () => {
    legend.textContent = input.value && names[chosen()];
    members.hidden = parts().length === 0;
    fill(
      members,
      legend,
      parts().map(([, one]) => one.element),
    );
  };
  input.addEventListener("change", show);
  show();
  const named = () => {
    const { value } = list[chosen()] ?? {};
    return value === undefined || (changing && chosen() === first) ? {} : { [by]: value };
  };
  return {
    element: h("div", { class: "choice" }, select.element, members),
    read: () => ({ ...named(), ...readMembers(parts(), true) }),
    leaves: (pointer) => [
      ...(by === undefined ? [] : [{ pointer: `${pointer}/${escaped(by)}`, input, ...leaf }]),
      ...leavesOf(parts(), pointer),
    ],
  };
}

// unnamed is an alternative without the property that the choice itself says.
function unnamed({ shape, value }, by) {
  if (value === undefined) return shape;
  const { [by]: _, ...properties } = shape.properties;
  return { ...shape, properties };
}

// fitting is the alternative that an object is: the one that it names, or else the one that it has most of.
function fitting(list, by, object) {
  const named = list.findIndex(({ value }) => value !== undefined && value === object[by]);
  if (named >= 0) return named;
  const names = Object.keys(object);
  const score = ({ shape }) =>
    names.filter((name) => name in shape.properties).length - (shape.required ?? []).filter((name) => !(name in object)).length;
  const scores = list.map(score);
  return scores.indexOf(Math.max(...scores));
}
