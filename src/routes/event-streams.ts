/** Events as they happen, by server-sent events: /v1/jobs/{id}/events/stream, /v1/events/stream. */
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from '#typebox';
import { Id } from '../schemas/common.js';
import type { StreamedEvent } from '../services/follow.js';
import type { Services } from '../services/index.js';
import type { App } from './app.js';
import { noContent, responses } from './responses.js';
import { eventStreamContent, readers, sendEventStream } from './server-sent.js';

const tags = ['runs'];
const frames =
  'The `data` of each frame is one event as JSON, its `id` is what the header Last-Event-ID takes to go on behind it: ' +
  'nothing is left out, nothing told twice. Lines that begin with a colon say only that the stream lives.';
/** Milliseconds after which a client that lost the stream is to come back. */
const retry = 1000;

const lastEventId = (pattern: string) =>
  Type.Object({
    'last-event-id': Type.Optional(Type.String({ pattern, description: '`id` of the last event that was received' })),
  });
const stream = (description: string) => ({ description, content: eventStreamContent });

export function eventStreamRoutes(app: App, { events }: Services): void {
  const untilGone = readers(app); // told to come back, a reader finds another process or this one restarted

  app.route({
    method: 'GET',
    url: '/v1/jobs/:id/events/stream',
    exposeHeadRoute: false, // a stream has no length to ask for
    schema: {
      operationId: 'streamEvents',
      summary: 'Follow the events of a job',
      description: `From its first event, or from behind Last-Event-ID, to its end, when the stream ends too. ${frames}`,
      tags,
      params: Type.Object({ id: Id('job') }),
      headers: lastEventId('^\\d{1,15}$'),
      response: responses(
        {
          200: stream('The events'),
          204: noContent('The job has ended, and was told of to the end: do not come back'),
        },
        'not_found',
      ),
    },
    handler: async (request, reply) => {
      const { tenantId, params, headers } = request;
      const after = Number(headers['last-event-id'] ?? 0);
      const found = await events.ofJob({ tenantId, jobId: params.id, after, signal: untilGone(reply) });
      return found ? send(request, reply, found) : reply.code(204).send();
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/events/stream',
    exposeHeadRoute: false,
    schema: {
      operationId: 'streamAllEvents',
      summary: 'Follow the events of all jobs',
      description:
        'From now on, or from behind Last-Event-ID. Where two processes write of one job at once, only `seq` tells which came ' +
        `first. ${frames}`,
      tags,
      headers: lastEventId('^\\d{1,19}-\\d{1,15}$'),
      response: responses({ 200: stream('The events') }),
    },
    handler: async (request, reply) => {
      const { tenantId, headers } = request;
      const found = await events.ofAll({ tenantId, after: headers['last-event-id'], signal: untilGone(reply) });
      return send(request, reply, found);
    },
  });
}

/** Beats come sooner than its patience ends, so only a reader that takes nothing is dropped. */
const send = (request: FastifyRequest, reply: FastifyReply, events: AsyncIterable<StreamedEvent | null>) =>
  sendEventStream(request, reply, Readable.from(textOf(events), { objectMode: false }));

async function* textOf(events: AsyncIterable<StreamedEvent | null>): AsyncGenerator<string> {
  yield `retry: ${retry}\n\n`;
  for await (const item of events) yield item ? `id: ${item.id}\ndata: ${JSON.stringify(item.event)}\n\n` : ':\n\n';
}
