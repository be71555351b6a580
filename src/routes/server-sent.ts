/** What routes that answer by server-sent events share. */
import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from '#typebox';
import type { App } from './app.js';

/** Milliseconds that a reader may leave what was sent unread, before it is dropped. */
const patience = 30_000;

/** What a stream of events is in an answer's `content`. */
export const eventStreamContent = { 'text/event-stream': { schema: Type.String() } };

/** Gives a signal that aborts when a reply's reader has gone, and when the process closes: a stream would hold the close up. */
export function readers(app: App): (reply: FastifyReply) => AbortSignal {
  const open = new Set<AbortController>();
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
    for (const controller of open) controller.abort();
  });
  return ({ raw }) => {
    const controller = new AbortController();
    open.add(controller);
    if (closing) controller.abort();
    raw.once('close', () => {
      open.delete(controller);
      controller.abort();
    });
    return controller.signal;
  };
}

/** Something must be sent more often than a reader is waited for. */
export function sendEventStream({ raw }: FastifyRequest, reply: FastifyReply, frames: Readable): FastifyReply {
  raw.socket.setTimeout(patience);
  void reply.headers({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no', // nginx would hold events back
  });
  return reply.send(frames);
}
