export const isMergePatch = (mediaType) => /^application\/merge-patch\+json\b/i.test(mediaType ?? "");

// patch is the merge patch (RFC 7396) that makes after of before.
export function patch(before, after) {
  if (!isObject(before) || !isObject(after)) return after;
  const gone = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  const changed = Object.entries(after).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]));
  return Object.fromEntries([
    ...gone.map((name) => [name, null]),
    ...changed.map(([name, value]) => [name, patch(before[name], value)]),
  ]);
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
