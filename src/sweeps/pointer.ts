/** A value put into a spec at a JSON pointer (RFC 6901). */

type Fields = Record<string, unknown>;

/** A pointer's reference tokens; null where it is none, or points at the whole. */
export function tokensOf(pointer: string): string[] | null {
  if (!/^(\/([^~/]|~[01])+)+$/.test(pointer)) return null;
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/**
 * A copy of `target` with `value` at `tokens`. Objects that are missing on the way are made; an element of a list must be
 * there; what gets another `type` keeps no field of the former. Null where there is no such place.
 */
export function withValue(target: unknown, tokens: readonly string[], value: unknown): unknown {
  const [token, ...rest] = tokens;
  if (token === undefined) return value;
  if (Array.isArray(target)) {
    if (!/^(0|[1-9]\d*)$/.test(token) || Number(token) >= target.length) return null;
    const inner = withValue(target[Number(token)], rest, value);
    return inner === null && rest.length > 0 ? null : target.with(Number(token), inner);
  }
  if (target !== undefined && (typeof target !== 'object' || target === null)) return null;
  const fields = (target ?? {}) as Fields;
  if (token === 'type' && rest.length === 0) return fields['type'] === value ? fields : { type: value };
  const inner = withValue(new Map(Object.entries(fields)).get(token), rest, value);
  return inner === null && rest.length > 0 ? null : Object.fromEntries([...Object.entries(fields), [token, inner]]);
}
