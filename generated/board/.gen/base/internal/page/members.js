// The members of an object are its parts by their names. One without a name stands for several: what it reads are
// members of the object, too.

// readMembers makes an object of those that have something to say, undefined where none has.
export function readMembers(parts, always) {
  const entries = parts
    .flatMap(([name, one]) => (name === undefined ? Object.entries(one.read() ?? {}) : [[name, one.read()]]))
    .filter(([, value]) => value !== undefined);
  return entries.length || always ? Object.fromEntries(entries) : undefined;
}

export const leavesOf = (parts, pointer) =>
  parts.flatMap(([name, one]) => one.leaves(name === undefined ? pointer : `${pointer}/${escaped(name)}`));

export const escaped = (name) => String(name).replaceAll("~", "~0").replaceAll("/", "~1");
