/**
 * An example for every body, in and out, that has none of its own (body-examples.ts), made from its schema: what may be
 * null is, so that a job, for one, was just submitted.
 */

interface Schema {
  $ref?: string;
  type?: string;
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  examples?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  minProperties?: number;
  additionalProperties?: Schema;
  items?: Schema;
  minItems?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  format?: string;
  pattern?: string;
}
interface Document {
  paths?: object;
  components?: { schemas?: object };
}
type Content = Record<string, { schema?: Schema }>;
interface Operation {
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
}

/** By the name of the field or its format; other texts are named for their field. */
const values: Readonly<Record<string, unknown>> = {
  'date-time': '2026-01-05T09:30:00Z',
  name: 'penguins',
  edits: [],
  percent: 40,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  actor: 'client',
};
const unique = '01k7b3x5p2q4r6s8t0v1w2x3y4';

/** Adds `examples` to the components that are bodies, in place. */
export function addExamples<Described extends Document>(document: Described): Described {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  for (const name of bodiesOf(document)) {
    const schema = schemas[name]!;
    schema.examples ??= [exampleOf(schema, name)];
  }
  return document;

  function exampleOf(schema: Schema, name: string): unknown {
    const { $ref, allOf, anyOf, oneOf } = schema;
    if (schema.examples) return schema.examples[0];
    if (name in values) return values[name];
    if ($ref !== undefined) return exampleOf(schemas[nameOf($ref)]!, name);
    const variants = oneOf ?? anyOf ?? allOf;
    if (variants?.some(({ type }) => type === 'null')) return null;
    if (variants) return exampleOf(variants[0]!, name);
    for (const given of [schema.const, schema.enum?.[0], schema.default]) if (given !== undefined) return given;
    switch (schema.type) {
      case 'object': {
        if (schema.minProperties) return { '/optimizer/learningRate': exampleOf(schema.additionalProperties!, name) };
        const properties = Object.entries(schema.properties ?? {}).filter(([key]) => schema.required?.includes(key));
        return Object.fromEntries(properties.map(([key, property]) => [key, exampleOf(property, key)]));
      }
      case 'array':
        return [exampleOf(schema.items!, name.replace(/s$/, ''))];
      case 'string':
        return textOf(schema, name);
      case 'boolean':
        return true;
      default:
        return schema.minimum ?? 1;
    }
  }
}

/** An id begins as its pattern says. */
function textOf({ format, pattern }: Schema, name: string): unknown {
  const prefix = /^\^([a-z]+_)\[/.exec(pattern ?? '')?.[1];
  if (prefix !== undefined) return `${prefix}${unique}`;
  return values[format ?? ''] ?? name;
}

const nameOf = (reference: string): string => reference.split('/').at(-1)!;

/** The components that are JSON bodies of requests or answers. */
function bodiesOf({ paths = {} }: Document): Set<string> {
  const operations = Object.values(paths).flatMap((path: object): Operation[] => Object.values(path));
  const contents = operations.flatMap(({ requestBody, responses }) => [
    requestBody?.content,
    ...Object.values(responses).map(({ content }) => content),
  ]);
  const media = contents.flatMap((content) => Object.entries(content ?? {}));
  const references = media.flatMap(([type, { schema }]) => (type.endsWith('json') ? (schema?.$ref ?? []) : []));
  return new Set(references.map(nameOf));
}
