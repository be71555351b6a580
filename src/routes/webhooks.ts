/** /v1/webhooks and /v1/deliveries: where events of jobs are sent, and how that went. */
import { Type } from '#typebox';
import { allowNoBody } from '../plugins/optional-bodies.js';
import { Id, PageQuery } from '../schemas/common.js';
import { eventTypes } from '../schemas/run.js';
import {
  Delivery,
  DeliveryPage,
  NewWebhook,
  RotateRequest,
  Webhook,
  WebhookPage,
  WebhookPatch,
  WebhookRequest,
} from '../schemas/webhook.js';
import type { Services } from '../services/index.js';
import type { App } from './app.js';
import { pageOf } from './page.js';
import { json, jsonBodyProblems, noContent, responses } from './responses.js';

const tags = ['webhooks'];
const config = { scope: 'admin' } as const;
const params = Type.Object({ id: Id('webhook') });

export function webhookRoutes(app: App, { webhooks }: Services): void {
  app.route({
    method: 'POST',
    url: '/v1/webhooks',
    config,
    schema: {
      operationId: 'createWebhook',
      summary: 'Have events sent',
      description:
        'Events of the tenant’s jobs from now on, as Standard Webhooks: a POST of `{ type, timestamp, data }`, `data` the event as ' +
        'streams tell it, signed in `webhook-signature`. Anything but 2xx is tried again for three days, 410 disables the webhook. ' +
        'A message may come twice, with the same `webhook-id`, and messages may overtake one another.',
      tags,
      body: WebhookRequest,
      response: responses({ 201: json(NewWebhook, 'Made') }, 'quota_exceeded', ...jsonBodyProblems),
    },
    handler: async ({ tenantId, body: { url, events = [...eventTypes] } }, reply) => {
      void reply.code(201).header('cache-control', 'no-store');
      return webhooks.create({ tenantId, url, events });
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/webhooks',
    config,
    schema: {
      operationId: 'listWebhooks',
      summary: 'List webhooks',
      description: 'Of the tenant, newest first, without the secrets.',
      tags,
      querystring: PageQuery,
      response: responses({ 200: json(WebhookPage, 'A page') }, 'invalid_cursor'),
    },
    handler: async ({ tenantId, query }) => webhooks.list({ tenantId, ...pageOf(query) }),
  });

  app.route({
    method: 'GET',
    url: '/v1/webhooks/:id',
    config,
    schema: {
      operationId: 'getWebhook',
      summary: 'Read a webhook',
      description: 'Without its secret.',
      tags,
      params,
      response: responses({ 200: json(Webhook, 'The webhook') }, 'not_found'),
    },
    handler: async ({ tenantId, params: { id } }) => webhooks.get({ tenantId, id }),
  });

  app.route({
    method: 'PATCH',
    url: '/v1/webhooks/:id',
    config,
    schema: {
      operationId: 'updateWebhook',
      summary: 'Change a webhook',
      description: 'Its URL, which events it is sent, or whether it is sent any.',
      tags,
      params,
      body: WebhookPatch,
      response: responses({ 200: json(Webhook, 'Changed') }, 'not_found', ...jsonBodyProblems),
    },
    handler: async ({ tenantId, params: { id }, body }) => webhooks.change({ ...body, tenantId, id }),
  });

  app.route({
    method: 'DELETE',
    url: '/v1/webhooks/:id',
    config,
    schema: {
      operationId: 'deleteWebhook',
      summary: 'Delete a webhook',
      description: 'With its deliveries, those under way included.',
      tags,
      params,
      response: responses({ 204: noContent('Deleted') }, 'not_found', ...jsonBodyProblems),
    },
    handler: async ({ tenantId, params: { id } }, reply) => {
      await webhooks.remove({ tenantId, id });
      return reply.code(204).send();
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/webhooks/:id/rotate',
    config,
    preValidation: allowNoBody,
    schema: {
      operationId: 'rotateWebhookSecret',
      summary: 'Give a webhook another secret',
      description: 'Messages carry the signatures of both, the former’s until `overlapSeconds` are over.',
      tags,
      params,
      body: RotateRequest,
      response: responses(
        { 200: json(NewWebhook, 'The webhook and its new secret') },
        'not_found',
        ...jsonBodyProblems,
      ),
    },
    handler: async ({ tenantId, params: { id }, body: { overlapSeconds = 86_400 } }, reply) => {
      void reply.header('cache-control', 'no-store');
      return webhooks.rotate({ tenantId, id, overlapSeconds });
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/webhooks/:id/test',
    config,
    schema: {
      operationId: 'testWebhook',
      summary: 'Send a webhook a message',
      description: 'Of the type `test`; the answer is its delivery, and the list of deliveries says how it went.',
      tags,
      params,
      response: responses(
        { 202: json(Delivery, 'It will be sent, once the webhook is enabled') },
        'not_found',
        ...jsonBodyProblems,
      ),
    },
    handler: async ({ tenantId, params: { id } }, reply) => {
      void reply.code(202);
      return webhooks.test({ tenantId, id });
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/webhooks/:id/deliveries',
    config,
    schema: {
      operationId: 'listDeliveries',
      summary: 'List what a webhook was sent',
      description: 'Newest first, each with its last tries. What has ended is kept for 30 days.',
      tags,
      params,
      querystring: PageQuery,
      response: responses({ 200: json(DeliveryPage, 'A page') }, 'not_found', 'invalid_cursor'),
    },
    handler: async ({ tenantId, params: { id }, query }) => webhooks.deliveries({ tenantId, id, ...pageOf(query) }),
  });

  app.route({
    method: 'POST',
    url: '/v1/deliveries/:id/redeliver',
    config,
    schema: {
      operationId: 'redeliver',
      summary: 'Send a message again',
      description: 'The same message under the same `webhook-id`, now, and where it is not taken again for three days.',
      tags,
      params: Type.Object({ id: Id('delivery') }),
      response: responses(
        { 202: json(Delivery, 'It will be sent, once the webhook is enabled') },
        'not_found',
        ...jsonBodyProblems,
      ),
    },
    handler: async ({ tenantId, params: { id } }, reply) => {
      void reply.code(202);
      return webhooks.redeliver({ tenantId, id });
    },
  });
}
