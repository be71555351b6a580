/**
 * The same document in OpenAPI 3.0.3, for generators that read no 3.1. What JSON Schema says otherwise there: null is
 * `nullable`, a constant an enumeration of one, an exclusive bound a flag beside the bound, and of examples there is one.
 */

type Node = Record<string, unknown>;
interface Document {
  info: object;
  components: { schemas: Record<string, Node> };
}

const license = { name: 'MIT', url: 'https://opensource.org/license/mit' };
/** Their values are no schemas. */
const literals = ['example', 'default', 'enum'];
/** The keys of their values are names, not keywords. */
const maps = ['properties', 'mapping'];

export function toOpenApi30(document: object): object {
  const { info, ...rest } = document as Document;
  const { schemas } = rest.components;
  return { ...(convert(rest) as object), openapi: '3.0.3', info: { ...info, license } };

  function convert(node: unknown): unknown {
    if (Array.isArray(node)) return node.map(convert);
    if (typeof node !== 'object' || node === null) return node;
    return mapValues(schemaOf(node as Node), (value, key) => {
      if (literals.includes(key)) return value;
      return maps.includes(key) ? mapValues(value as Node, convert) : convert(value);
    });
  }

  /** One level of a schema. */
  function schemaOf({ const: constant, exclusiveMinimum, exclusiveMaximum, examples, anyOf, ...others }: Node): Node {
    const kept = Object.entries(others).filter(([key, value]) => {
      if (key === 'default') return value !== null; // readers hold it to the type without null
      return key !== 'type' || value !== 'array' || 'items' in others; // what it refers to says the same
    });
    return {
      ...Object.fromEntries(kept),
      ...(anyOf !== undefined && unionOf(anyOf as Node[])),
      ...(constant !== undefined && { enum: [constant] }),
      ...(exclusiveMinimum !== undefined && { minimum: exclusiveMinimum, exclusiveMinimum: true }),
      ...(exclusiveMaximum !== undefined && { maximum: exclusiveMaximum, exclusiveMaximum: true }),
      ...(examples !== undefined && exampleOf(examples as unknown[])),
    };
  }

  /**
   * `nullable` wants a `type` beside it: of several variants the first takes it, of one the union, which it stands for.
   * A union of a list and something else may be anything: of those, generators write code that is none.
   */
  function unionOf(variants: Node[]): Node {
    if (variants.every(({ type }) => type !== 'null')) return isOfLists(variants) ? {} : { anyOf: variants };
    const flat = variants.flatMap((variant) => (variant['anyOf'] as Node[] | undefined) ?? [variant]);
    const [first, ...more] = flat.filter(({ type }) => type !== 'null') as [Node, ...Node[]];
    if (more.length > 0 && isOfLists(flat)) return {};
    if (more.length > 0) return { anyOf: [{ ...first, nullable: true }, ...more] };
    const { $ref, ...inline } = first;
    if ($ref === undefined) return { ...schemaOf(inline), nullable: true };
    const { type } = schemas[String($ref).split('/').at(-1)!]!;
    return { type, nullable: true, allOf: [first] };
  }
}

const isOfLists = (variants: Node[]): boolean => variants.some(({ type }) => type === 'array');

/** Without null: of a reference that may be null, 3.0 says so in words that strict readers of examples do not follow. */
const exampleOf = ([example]: unknown[]): Node => (JSON.stringify(example).includes('null') ? {} : { example });

const mapValues = (node: Node, change: (value: unknown, key: string) => unknown): Node =>
  Object.fromEntries(Object.entries(node).map(([key, value]) => [key, change(value, key)]));
