/** Values that fit a schema of the OpenAPI document, drawn at random; ids as placeholders (ids.ts). */
import fc, { type Arbitrary } from 'fast-check';
import { placeholder, type Whose } from './ids.js';

export interface Schema {
  $ref?: string;
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  minProperties?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  minLength?: number;
  maxLength?: number;
  format?: string;
  pattern?: string;
  examples?: unknown[];
}

/** Mostly one that is there, and mostly the latest. */
const whose = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Whose>('own') },
  { weight: 1, arbitrary: fc.constantFrom<Whose>('foreign', 'absent') },
);
const place = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 29 }) });
export const idOf = (prefix: string): Arbitrary<string> =>
  fc.tuple(whose, place).map(([of, at]) => placeholder(prefix, of, at));

/** Deeper, optional fields are left out and lists are as short as may be. */
const deepest = 5;

/** Draws values of any schema over these components. */
export function schemaValues(components: Record<string, Schema>): (schema: Schema) => Arbitrary<unknown> {
  return (schema) => drawOf(schema, 0);

  function drawOf(schema: Schema, depth: number): Arbitrary<unknown> {
    if (schema.$ref !== undefined) return drawOf(components[schema.$ref.split('/').at(-1)!]!, depth);
    const variants = schema.anyOf ?? schema.oneOf;
    if (variants) return lazyOneOf(variants, depth);
    if (schema.allOf) return drawOf(schema.allOf[0]!, depth);
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    switch (schema.type) {
      case 'object':
        return objectOf(schema, depth);
      case 'array': {
        const { minItems: minLength = 0, maxItems = 3 } = schema;
        const maxLength = depth < deepest ? Math.max(minLength, Math.min(maxItems, 3)) : minLength;
        return maxLength ? fc.array(drawOf(schema.items ?? {}, depth + 1), { minLength, maxLength }) : fc.constant([]);
      }
      case 'string':
        return textOf(schema);
      case 'integer':
        return fc.oneof(integerOf(schema, 20), integerOf(schema, Number.MAX_SAFE_INTEGER));
      case 'number':
        return numberOf(schema);
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      default:
        return fc.jsonValue({ maxDepth: 1 });
    }
  }

  /** A variant is built when it is drawn first: layers hold layers, and of each there are many. */
  function lazyOneOf(variants: Schema[], depth: number): Arbitrary<unknown> {
    const built = new Map<number, Arbitrary<unknown>>();
    const variant = (index: number): Arbitrary<unknown> => {
      const known = built.get(index) ?? drawOf(variants[index]!, depth + 1);
      built.set(index, known);
      return known;
    };
    const last = depth < deepest ? variants.length - 1 : 0;
    return fc.nat({ max: last }).chain(variant);
  }

  function objectOf(schema: Schema, depth: number): Arbitrary<unknown> {
    const { properties = {}, required = [], additionalProperties, minProperties = 0 } = schema;
    if (typeof additionalProperties === 'object') {
      const value = drawOf(additionalProperties, depth + 1);
      return fc.dictionary(fc.string({ maxLength: 8 }), value, { minKeys: minProperties, maxKeys: minProperties + 2 });
    }
    const names = Object.keys(properties).filter((name) => depth < deepest || required.includes(name));
    const model = Object.fromEntries(names.map((name) => [name, drawOf(properties[name]!, depth + 1)]));
    return fc.record(model, { requiredKeys: required, noNullPrototype: true });
  }
}

function textOf({ format, pattern, minLength = 0, maxLength = 40 }: Schema): Arbitrary<string> {
  const prefix = /^\^([a-z]+)_\[/.exec(pattern ?? '')?.[1];
  if (prefix !== undefined) return idOf(prefix);
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  if (format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  return fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)) });
}

/** Not beyond `most` from the least. */
function integerOf(schema: Schema, most: number): Arbitrary<number> {
  const { minimum = 0, exclusiveMinimum = minimum - 1, maximum = Number.MAX_SAFE_INTEGER } = schema;
  const min = Math.max(minimum, exclusiveMinimum + 1);
  return fc.integer({ min, max: Math.max(min, Math.min(maximum, min + most, Number.MAX_SAFE_INTEGER)) });
}

function numberOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): Arbitrary<number> {
  return fc.double({
    min: exclusiveMinimum ?? minimum ?? -1e9,
    max: exclusiveMaximum ?? maximum ?? 1e9,
    minExcluded: exclusiveMinimum !== undefined,
    maxExcluded: exclusiveMaximum !== undefined,
    noNaN: true,
  });
}
