/** The OpenAPI 3.1 document, made from the routes, and its page under /docs. Registered before the routes, since it listens. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { addExamples } from './openapi-examples.js';
import { nameUnions } from './openapi-unions.js';
import { markOptionalBodies } from './optional-bodies.js';

export const apiVersion = '0.1.0';

export default fp(async (app: FastifyInstance) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Trainyard',
        version: apiVersion,
        description:
          'Trains neural networks over HTTP: post a dataset and a job, poll status and metrics, take the model away.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/', description: 'The server that serves this document' }],
      security: [],
      components: {
        securitySchemes: {
          key: {
            ...{ type: 'http', scheme: 'bearer' },
            description:
              'A key of /v1/keys. A service that listens on loopback alone asks for none unless it is told to',
          },
        },
      },
      tags: [
        { name: 'datasets', description: 'Uploaded tables, images and texts, immutable' },
        { name: 'jobs', description: 'Training runs: submitted, queued, trained' },
        { name: 'sweeps', description: 'Jobs of one spec with other values of some of its fields' },
        { name: 'runs', description: 'What a run leaves behind: metrics, events, checkpoints' },
        { name: 'models', description: 'What a succeeded job predicts with' },
        { name: 'webhooks', description: 'Events sent to a URL' },
        { name: 'keys', description: 'Who may use the service, and what was done' },
        { name: 'service', description: 'Health and documents' },
      ],
    },
    convertConstToEnum: false,
    refResolver: { buildLocalReference: ({ $id }, _base, _fragment, index) => ($id as string) ?? `def-${index}` },
    transformObject: (input) =>
      'openapiObject' in input ? addExamples(markOptionalBodies(nameUnions(input.openapiObject))) : input.swaggerObject,
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: { docExpansion: 'list', tryItOutEnabled: true },
    logLevel: 'warn',
  });
});
