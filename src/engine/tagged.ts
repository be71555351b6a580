/**
 * A union told apart by its `type` field: one schema serves validation (Ajv's `discriminator`), the TypeScript type and
 * OpenAPI. TypeBox's own Union gives `anyOf`, which Ajv refuses to discriminate and whose errors name every branch.
 */
import { type Static, type TObject, type TUnsafe, Type } from '#typebox';

export interface TaggedOptions {
  /** Name of the schema. */
  $id?: string;
  description?: string;
  default?: unknown;
}

/** Union of object schemas, each of which requires `type: Type.Literal('…')` as its first property. */
export function tagged<Variants extends TObject[]>(
  variants: [...Variants],
  options: TaggedOptions = {},
): TUnsafe<Static<Variants[number]>> {
  return Type.Unsafe<Static<Variants[number]>>({
    type: 'object',
    discriminator: { propertyName: 'type' },
    required: ['type'],
    oneOf: variants,
    ...options,
  });
}
