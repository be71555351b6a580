/** Where specs differ, field by field. */

type Fields = Record<string, unknown>;

export interface Difference {
  /** JSON pointer into the specs. */
  path: string;
  /** Of each spec; null where it has no such field. */
  values: unknown[];
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The fields that are not equal in all `specs`, in the order in which the first has them. Lists are compared as wholes. */
export function differences(specs: readonly unknown[], path = ''): Difference[] {
  if (specs.every(isObject)) {
    const names = [...new Set(specs.flatMap(Object.keys))];
    return names.flatMap((name) =>
      differences(
        specs.map((spec) => spec[name]),
        `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      ),
    );
  }
  if (specs.every((spec) => sameJson(spec, specs[0]))) return [];
  return [{ path, values: specs.map((spec) => spec ?? null) }];
}
