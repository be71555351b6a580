/** Health, the OpenAPI document, and what whoever opens the bare address finds: an index, or the dashboard. */
import { Type } from '#typebox';
import { evenUnderLoad } from '../plugins/load.js';
import { apiVersion } from '../plugins/openapi.js';
import { toOpenApi30 } from '../plugins/openapi-3.0.js';
import type { Services } from '../services/index.js';
import type { App } from './app.js';
import { prefers } from './prefers.js';
import { json, responses } from './responses.js';
import { Index, Liveness, Readiness } from './service-schemas.js';

const tags = ['service'];

export function serviceRoutes(app: App, { health }: Services): void {
  app.route({
    method: 'GET',
    url: '/healthz',
    config: evenUnderLoad,
    schema: {
      operationId: 'getHealth',
      summary: 'Whether the process lives',
      description: 'Checks nothing beyond itself: for restarting a process that hangs.',
      tags,
      response: responses({ 200: json(Liveness, 'It lives') }),
    },
    handler: async () => ({ status: 'ok' }),
  });

  app.route({
    method: 'GET',
    url: '/readyz',
    config: evenUnderLoad,
    schema: {
      operationId: 'getReadiness',
      summary: 'Whether requests can be served',
      description:
        'Fails without database or disk. Without the queue it is degraded: jobs are accepted and start later.',
      tags,
      response: responses({ 200: json(Readiness, 'Ready, or degraded') }),
    },
    handler: async () => health.ready(),
  });

  app.route({
    method: 'GET',
    url: '/openapi.json',
    schema: {
      operationId: 'getOpenApi',
      summary: 'This document',
      description: 'OpenAPI 3.1, generated from the routes.',
      tags,
      response: responses({ 200: json(Type.Object({}, { additionalProperties: true }), 'OpenAPI 3.1') }),
    },
    handler: async () => app.swagger(),
  });

  app.route({
    method: 'GET',
    url: '/openapi-3.0.json',
    schema: {
      operationId: 'getOlderOpenApi',
      summary: 'This document for older generators',
      description: 'OpenAPI 3.0.3, derived from the 3.1 document.',
      tags,
      response: responses({ 200: json(Type.Object({}, { additionalProperties: true }), 'OpenAPI 3.0.3') }),
    },
    handler: async () => toOpenApi30(app.swagger()),
  });

  app.route({
    method: 'GET',
    url: '/',
    schema: {
      operationId: 'getIndex',
      summary: 'Where to go from here',
      description:
        'Names the documents and the collections of the API. To a browser, `Accept: text/html`, it is the dashboard.',
      tags,
      response: responses({
        200: {
          description: 'Links',
          content: { 'application/json': { schema: Index }, 'text/html': { schema: Type.String() } },
        },
      }),
    },
    handler: async ({ headers }, reply) => {
      void reply.header('vary', 'accept');
      // The page names its files by their contents: it must not be older than they are.
      if (prefers('text/html', headers.accept))
        return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(app.dashboardPage);
      return {
        name: 'trainyard',
        version: apiVersion,
        docs: '/docs',
        openapi: '/openapi.json',
        api: ['/v1/datasets', '/v1/jobs', '/v1/sweeps', '/v1/models', '/v1/webhooks', '/v1/keys'],
      };
    },
  });
}
