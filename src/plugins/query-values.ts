/**
 * A query string holds only text: this reads numbers and booleans where the route's schema wants them, numbers only from
 * plain decimal notation (`0x10`, `1e3`, ` 5` stay text and are refused), objects and lists where it wants those from JSON,
 * and fills in defaults. Bodies are never coerced.
 */
import fp from 'fastify-plugin';
import { fieldProblem, Problem } from '../errors.js';
import { isStorable, parseJson, unstorable } from './json-body.js';

interface ObjectSchema {
  properties?: Record<string, { type?: string; default?: unknown }>;
}

const decimal = /^-?\d{1,15}(\.\d{1,15})?$/;

export default fp(async (app) => {
  app.addHook('preValidation', async (request) => {
    const schema = request.routeOptions.schema?.querystring as ObjectSchema | undefined;
    const query = request.query as Record<string, unknown>;
    for (const [name, property] of Object.entries(schema?.properties ?? {})) {
      const value = query[name];
      if (value === undefined && property.default !== undefined) query[name] = property.default;
      if (typeof value !== 'string') continue;
      if (!isStorable(value)) throw fieldProblem('malformed_request', { path: `/query/${name}`, message: unstorable });
      const wantsNumber = property.type === 'integer' || property.type === 'number';
      if (wantsNumber && decimal.test(value)) query[name] = Number(value);
      if (property.type === 'object' || property.type === 'array') query[name] = parsed(value, `/query/${name}`);
      if (property.type === 'boolean' && /^(true|false)$/.test(value)) query[name] = value === 'true';
    }
  });
});

function parsed(json: string, path: string): unknown {
  try {
    return parseJson(Buffer.from(json));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw fieldProblem('malformed_request', { path, message: error.message });
  }
}
