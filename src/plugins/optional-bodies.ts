/**
 * A JSON body of which no field is required may be left out altogether. Fastify wants one wherever there is a schema, and
 * its OpenAPI plugin says so: routes call `allowNoBody`, and the finished document is mended here.
 */
import type { FastifyRequest } from 'fastify';

/** For `preValidation`: no body asks for the defaults. */
export async function allowNoBody(request: FastifyRequest): Promise<void> {
  request.body ??= {};
}

interface Operation {
  requestBody?: { required?: boolean; content: Record<string, { schema?: { $ref?: string } }> };
}

interface Document {
  paths?: object;
  components?: { schemas?: object };
}

/** Marks the bodies that may be left out, in place. */
export function markOptionalBodies<Described extends Document>(document: Described): Described {
  const schemas = (document.components?.schemas ?? {}) as Record<string, { required?: string[] }>;
  const operations = Object.values(document.paths ?? {}).flatMap((path: object): Operation[] => Object.values(path));
  for (const { requestBody } of operations) {
    const name = requestBody?.content['application/json']?.schema?.$ref?.split('/').at(-1);
    if (name !== undefined && !schemas[name]?.required?.length) requestBody!.required = false;
  }
  return document;
}
