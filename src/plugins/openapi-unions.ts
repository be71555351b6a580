/**
 * Client generators turn a union into types only if its variants are named components and the discriminator maps each
 * tag to one; Ajv refuses that mapping. So it is written here, into the finished document: the variant `adam` of the field
 * `optimizer` becomes the component `AdamOptimizer`, and the `text` of `Dataset` becomes `TextDataset`.
 */

interface SchemaNode {
  properties?: Record<string, SchemaNode & { const?: string }>;
  discriminator?: { propertyName: string; mapping?: Record<string, string> };
  oneOf?: SchemaNode[];
  [key: string]: unknown;
}

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Names every union of `document`, in place. */
export function nameUnions<Document extends { components?: { schemas?: object } }>(document: Document): Document {
  const schemas = (document.components?.schemas ?? {}) as Record<string, SchemaNode>;
  for (const [name, schema] of Object.entries(schemas)) visit(schema, name);
  return document;

  function visit(node: unknown, field: string): void {
    if (typeof node !== 'object' || node === null) return;
    const { discriminator, oneOf, properties, ...rest } = node as SchemaNode;
    if (discriminator && oneOf) nameVariants(discriminator, oneOf, field);
    for (const [name, property] of Object.entries(properties ?? {})) visit(property, name);
    visit(oneOf, field);
    // one of `layers` is a layer
    for (const [key, value] of Object.entries(rest)) visit(value, key === 'items' ? field.replace(/s$/, '') : field);
  }

  function nameVariants(
    discriminator: NonNullable<SchemaNode['discriminator']>,
    oneOf: SchemaNode[],
    field: string,
  ): void {
    discriminator.mapping = {};
    oneOf.forEach((variant, index) => {
      const tag = variant.properties?.[discriminator.propertyName]?.const;
      if (tag === undefined) throw new Error(`${field}: a variant has no constant ${discriminator.propertyName}`);
      const name = capitalised(tag) + capitalised(field);
      visit(variant, name);
      const known = schemas[name];
      if (known && JSON.stringify(known) !== JSON.stringify(variant)) throw new Error(`two schemas would be ${name}`);
      schemas[name] = variant;
      const reference = `#/components/schemas/${name}`;
      oneOf[index] = { $ref: reference };
      discriminator.mapping![tag] = reference;
    });
  }
}
