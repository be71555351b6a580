/**
 * Fills a schema's defaults into a value that was checked against it. Ajv's own `useDefaults` does not reach into unions.
 * A null where the schema allows none restores the default, as in a merge patch. The value itself is left as it is.
 */
import type { TSchema } from '#typebox';

interface SchemaNode {
  readonly type?: string;
  readonly const?: unknown;
  readonly default?: unknown;
  readonly properties?: { readonly type?: SchemaNode; readonly [name: string]: SchemaNode | undefined };
  readonly patternProperties?: { readonly [pattern: string]: SchemaNode };
  readonly items?: SchemaNode;
  readonly oneOf?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
}

export const fillDefaults = (schema: TSchema, value: unknown): unknown => fill(schema as SchemaNode, value);

function fill(schema: SchemaNode, found: unknown): unknown {
  const restored = found === undefined || (found === null && !allowsNull(schema));
  const value = restored ? structuredClone(schema.default) : found;
  if (Array.isArray(value)) return schema.items === undefined ? value : value.map((item) => fill(schema.items!, item));
  if (typeof value !== 'object' || value === null) return value;
  const { properties, patternProperties } = variantOf(schema, value);
  const [each] = Object.values(patternProperties ?? {}); // of a record: one pattern for all names
  if (each) return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, fill(each, field)]));
  if (properties === undefined) return value;
  const given = new Map<string, unknown>(Object.entries(value));
  const fields = Object.entries(properties).map(([name, property]): [string, unknown] => [
    name,
    fill(property ?? {}, given.get(name)),
  ]);
  return Object.fromEntries(fields.filter(([, field]) => field !== undefined));
}

const allowsNull = ({ type, anyOf }: SchemaNode): boolean => type === 'null' || (anyOf?.some(allowsNull) ?? false);

/** The branch of a tagged union that the value's `type` chooses; of what may be null, the other one. */
function variantOf(schema: SchemaNode, value: object): SchemaNode {
  const tag = (value as { type?: unknown }).type;
  const tagged = schema.oneOf?.find(({ properties }) => properties?.type?.const === tag);
  return tagged ?? schema.anyOf?.find(({ properties }) => properties !== undefined) ?? schema;
}
