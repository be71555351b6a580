/** Values that no field wants, and how one takes the place of a good one. */
import fc from 'fast-check';

export const hostileValue = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom(2 ** 53, -1, 1e308, 1e-320, 0.5, '', '\0', '\ud800', '__proto__', [], {}, [[]], {
    type: 'constructor',
  }),
  fc.string({ unit: 'binary' }),
);

/** Every place in a value, as a list of keys. */
export const places = (value: unknown, path: string[] = []): string[][] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, child]) => places(child, [...path, key]))]
    : [path];

/** The value with another at a place. Lists become objects where the place lies in them. */
export const replaced = (value: unknown, [key, ...rest]: string[], by: unknown): unknown =>
  key === undefined ? by : { ...(value as object), [key]: replaced((value as Record<string, unknown>)[key], rest, by) };
