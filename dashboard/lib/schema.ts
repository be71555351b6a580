/** A JSON Schema of the API, read as what a form shows for it. */

export interface Schema {
  $ref?: string;
  type?: string;
  enum?: string[];
  const?: unknown;
  properties?: Record<string, Schema>;
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  discriminator?: { propertyName: string };
  default?: unknown;
  description?: string;
  minimum?: number;
  maximum?: number;
}

export interface OpenApi {
  components: { schemas: Record<string, Schema> };
}

export type Field =
  | { kind: 'choice'; values: string[] }
  | { kind: 'number'; integer: boolean; minimum: number | undefined; maximum: number | undefined }
  | { kind: 'flag' }
  | { kind: 'text' }
  /** A list of numbers or words, typed with commas. */
  | { kind: 'items'; numbers: boolean }
  | { kind: 'group'; fields: [name: string, schema: Schema][] }
  /** Of several kinds by `type`: a group each, without the tag. */
  | { kind: 'variants'; variants: Map<string, Schema> }
  | { kind: 'list'; item: Schema }
  /** What only JSON can say. */
  | { kind: 'json' };

/** The schema itself, behind references and beside null. */
export function resolve(schema: Schema, document: OpenApi): Schema {
  if (schema.$ref) {
    const named = document.components.schemas[schema.$ref.split('/').at(-1)!];
    if (!named) throw new Error(`the document has no ${schema.$ref}`);
    return resolve({ ...named, ...(schema.description && { description: schema.description }) }, document);
  }
  const others = schema.anyOf?.filter(({ type }) => type !== 'null');
  if (others?.length !== 1) return schema;
  const { anyOf, ...own } = schema;
  return { ...resolve(others[0]!, document), ...own };
}

export function fieldOf(schema: Schema, document: OpenApi): Field {
  const { type, enum: values, properties, items, oneOf, minimum, maximum } = schema;
  if (oneOf) {
    const variants = oneOf.map((variant) => resolve(variant, document));
    return { kind: 'variants', variants: new Map(variants.map((variant) => [tagOf(variant), variant])) };
  }
  if (values) return { kind: 'choice', values };
  if (type === 'integer' || type === 'number') return { kind: 'number', integer: type === 'integer', minimum, maximum };
  if (type === 'boolean') return { kind: 'flag' };
  if (type === 'string') return { kind: 'text' };
  if (properties) return { kind: 'group', fields: Object.entries(properties).filter(([name]) => name !== 'type') };
  if (type === 'array' && items) {
    const item = resolve(items, document);
    if (item.oneOf) return { kind: 'list', item };
    if (item.type === 'integer' || item.type === 'number') return { kind: 'items', numbers: true };
    if (item.type === 'string' && !item.enum) return { kind: 'items', numbers: false };
  }
  return { kind: 'json' };
}

const tagOf = ({ properties }: Schema): string => String(properties?.['type']?.const);

type Fields = Record<string, unknown>;
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A copy with one field set; undefined takes it away. */
export function withField(value: unknown, name: string, field: unknown): Fields {
  const { [name]: _, ...others } = isObject(value) ? value : {};
  return field === undefined ? others : { ...others, [name]: field };
}

export const fieldAt = (value: unknown, name: string): unknown => (isObject(value) ? value[name] : undefined);

/** Without the groups in which nothing was set. */
export function pruned(value: unknown): unknown {
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, field]) => [name, pruned(field)] as const);
  return Object.fromEntries(entries.filter(([, field]) => !(isObject(field) && !Object.keys(field).length)));
}

/** The numbers or words of `64, 32`; undefined of nothing. A word where a number should be stays one, for the service to refuse. */
export function itemsOf(text: string, numbers: boolean): unknown[] | undefined {
  const words = text.split(',').map((word) => word.trim());
  if (words.every((word) => word === '')) return undefined;
  return words.filter(Boolean).map((word) => (numbers && Number.isFinite(Number(word)) ? Number(word) : word));
}
