/** The registry: models registered under a name, their cards, aliases, and how they go. */
import { Type } from '#typebox';
import { AliasParams, ModelDetails, ModelRef, RegisterRequest } from '../schemas/model.js';
import { Model } from '../schemas/run.js';
import type { Services } from '../services/index.js';
import type { App } from './app.js';
import { json, jsonBodyProblems, noContent, responses } from './responses.js';

const tags = ['models'];
const params = Type.Object({ id: ModelRef });

export function registryRoutes(app: App, { registry }: Services): void {
  app.route({
    method: 'POST',
    url: '/v1/models',
    schema: {
      operationId: 'registerModel',
      summary: 'Register a model',
      description:
        'Gives the weights of a job or a checkpoint a name, and the next version below it. The same weights below the same name ' +
        'are the version that they were. The job, of whatever state, stays for as long as the model does.',
      tags,
      body: RegisterRequest,
      response: responses(
        { 200: json(Model, 'Registered before'), 201: json(Model, 'Registered') },
        ...(['not_found', 'checkpoint_damaged', ...jsonBodyProblems] as const),
      ),
    },
    handler: async ({ tenantId, body }, reply): Promise<Model> => {
      const { model, created } = await registry.register({ tenantId, ...body });
      void reply.code(created ? 201 : 200);
      return model;
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/models/:id',
    schema: {
      operationId: 'getModel',
      summary: 'Read a model',
      description:
        'Which columns it reads and what it predicts; and its card: dataset and split, metrics, the spec that it was trained by, ' +
        'the jobs it stems from, and its preparation as it was fitted.',
      tags,
      params,
      response: responses({ 200: json(ModelDetails, 'The model') }, 'not_found'),
    },
    handler: async ({ tenantId, params: { id } }): Promise<ModelDetails> => registry.get({ tenantId, id }),
  });

  app.route({
    method: 'DELETE',
    url: '/v1/models/:id',
    schema: {
      operationId: 'deleteModel',
      summary: 'Delete a model',
      description:
        'Its version is not used again. Refused while an alias points to it, and for the result of a job, which goes with the job.',
      tags,
      params,
      response: responses({ 204: noContent('It is gone') }, 'not_found', 'in_use', ...jsonBodyProblems),
    },
    handler: async ({ tenantId, params: { id } }, reply) => {
      await registry.delete({ tenantId, id });
      return reply.code(204).send();
    },
  });

  app.route({
    method: 'PUT',
    url: '/v1/models/:id/aliases/:alias',
    schema: {
      operationId: 'setModelAlias',
      summary: 'Point an alias to a model',
      description:
        'From then on `name@alias` is this model, wherever an id is asked for, and the one before no longer.',
      tags,
      params: AliasParams,
      response: responses({ 200: json(Model, 'The model') }, 'not_found', 'unsuitable_model', ...jsonBodyProblems),
    },
    handler: async ({ tenantId, params: { id, alias } }): Promise<Model> => registry.point({ tenantId, id, alias }),
  });

  app.route({
    method: 'DELETE',
    url: '/v1/models/:id/aliases/:alias',
    schema: {
      operationId: 'removeModelAlias',
      summary: 'Remove an alias',
      description: 'It points nowhere from then on.',
      tags,
      params: AliasParams,
      response: responses({ 204: noContent('It is gone') }, 'not_found', 'unsuitable_model', ...jsonBodyProblems),
    },
    handler: async ({ tenantId, params: { id, alias } }, reply) => {
      await registry.unpoint({ tenantId, id, alias });
      return reply.code(204).send();
    },
  });
}
