// Alternatives of which an object is one: {by: the property that names the one, undefined where none does, list:
// [{name, value, shape}]}. value is what the property has then, undefined where nothing says so; name is undefined
// for one that the document gives no name.

// apart tells alternatives from each other: [{branch, shape}], the schemas in the document and their shapes.
// constant(shape, name) is the only value that a property may have.
export function apart(discriminator, found, constant) {
  const by = discriminator?.propertyName ?? telling(found, constant);
  const list = found.flatMap(({ branch, shape }) => {
    const own = by === undefined ? undefined : constant(shape, by);
    const values = mapped(discriminator, branch.$ref) ?? [own ?? (discriminator && component(branch.$ref))];
    return values.map((value) => ({ name: called(value, shape, branch), value, shape }));
  });
  return { by, list: distinct(list) };
}

// among is a choice whose alternatives all become something else.
export const among = ({ by, list }, become) => ({ by, list: list.map((one) => ({ ...one, shape: become(one.shape) })) });

const component = (reference) => (reference === undefined ? undefined : decodeURIComponent(reference.split("/").at(-1)));

const called = (value, shape, branch) => (value === undefined ? (shape.title ?? component(branch.$ref)) : String(value));

// mapped are the values that a discriminator has for a reference.
function mapped(discriminator, reference) {
  const entries = Object.entries(discriminator?.mapping ?? {});
  const values = entries.filter(([, target]) => reference && [reference, component(reference)].includes(target));
  return values.length ? values.map(([value]) => value) : undefined;
}

// telling is a property that has another constant in each of them.
function telling(found, constant) {
  return Object.keys(found[0].shape.properties).find((name) => {
    const values = found.map(({ shape }) => constant(shape, name));
    return values.every((value) => value !== undefined) && new Set(values).size === values.length;
  });
}

// distinct numbers names that several have.
function distinct(list) {
  const same = (name) => list.filter((one) => one.name === name).length > 1;
  return list.map((one, i) => (one.name !== undefined && same(one.name) ? { ...one, name: `${one.name} ${i + 1}` } : one));
}
