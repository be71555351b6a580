/** /v1/keys and /v1/audit: who may use the service, and what was done. */
import { Type } from '#typebox';
import { Id, PageQuery } from '../schemas/common.js';
import { AuditPage, KeyPage, KeyRequest, NewKey } from '../schemas/key.js';
import type { Services } from '../services/index.js';
import type { App } from './app.js';
import { pageOf } from './page.js';
import { json, jsonBodyProblems, noContent, responses } from './responses.js';

const tags = ['keys'];
const config = { scope: 'admin' } as const;

export function keyRoutes(app: App, { keys }: Services): void {
  app.route({
    method: 'POST',
    url: '/v1/keys',
    config,
    schema: {
      operationId: 'createKey',
      summary: 'Make a key',
      description: 'Of the tenant whose key makes it. The answer is the only place where it stands.',
      tags,
      body: KeyRequest,
      response: responses({ 201: json(NewKey, 'Made') }, ...jsonBodyProblems),
    },
    handler: async ({ tenantId, body }, reply) => {
      void reply.code(201).header('cache-control', 'no-store');
      return keys.create({ tenantId, ...body });
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/keys',
    config,
    schema: {
      operationId: 'listKeys',
      summary: 'List the keys',
      description: 'Of the tenant, newest first, without the secrets.',
      tags,
      querystring: PageQuery,
      response: responses({ 200: json(KeyPage, 'A page') }, 'invalid_cursor'),
    },
    handler: async ({ tenantId, query }) => keys.list({ tenantId, ...pageOf(query) }),
  });

  app.route({
    method: 'DELETE',
    url: '/v1/keys/:id',
    config,
    schema: {
      operationId: 'revokeKey',
      summary: 'Revoke a key',
      description: 'It opens nothing from the next request on.',
      tags,
      params: Type.Object({ id: Id('key') }),
      response: responses({ 204: noContent('Revoked') }, 'not_found', ...jsonBodyProblems),
    },
    handler: async ({ tenantId, params: { id } }, reply) => {
      await keys.revoke({ tenantId, id });
      return reply.code(204).send();
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/audit',
    config,
    schema: {
      operationId: 'listAudit',
      summary: 'List what was done',
      description: 'Every request of the tenant’s keys that was not for reading, refused ones included, newest first.',
      tags,
      querystring: PageQuery,
      response: responses({ 200: json(AuditPage, 'A page') }, 'invalid_cursor'),
    },
    handler: async ({ tenantId, query }) => keys.audit({ tenantId, ...pageOf(query) }),
  });
}
