/** JSON merge patch, RFC 7396: objects are merged field by field, null removes a field, anything else replaces. */

type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `target` with `patch` applied; neither is changed. Both come from bodies whose depth was bounded. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  return merge(target, patch, () => true);
}

/** The same for a spec, where another `type` is another kind of thing: no field of the former stays. */
export function patchSpec(spec: object, patch: object): unknown {
  return merge(spec, patch, (before, { type = before['type'] }) => before['type'] === type);
}

function merge(target: unknown, patch: unknown, keeps: (target: Fields, patch: Fields) => boolean): unknown {
  if (!isObject(patch)) return patch;
  const merged = new Map(isObject(target) && keeps(target, patch) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, merge(merged.get(name), value, keeps));
  }
  return Object.fromEntries(merged);
}
