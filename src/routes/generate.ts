/** /v1/models/{id}/generate: the text at once, or token by token by server-sent events. */
import { Readable } from 'node:stream';
import { Type } from '#typebox';
import { Problem } from '../errors.js';
import { type GeneratedToken, GenerateRequest, GenerateResponse } from '../schemas/generate.js';
import { ModelRef } from '../schemas/model.js';
import type { Services } from '../services/index.js';
import type { App } from './app.js';
import { json, jsonBodyProblems, responses } from './responses.js';
import { eventStreamContent, readers, sendEventStream } from './server-sent.js';

export function generateRoutes(app: App, { models }: Services): void {
  const untilGone = readers(app);

  app.route({
    method: 'POST',
    url: '/v1/models/:id/generate',
    config: { scope: 'read' },
    schema: {
      operationId: 'generate',
      summary: 'Generate text',
      description:
        'What a language model has follow a prompt. The same request gives the same text. A character that the training text ' +
        'did not hold is refused. With `Accept: text/event-stream` each token is told as it is drawn: `event: token`, its data ' +
        '`{ text, token }`, the texts one after the other being the whole; then `event: done` with what is answered otherwise, ' +
        'or `event: error` with a problem. A client that goes away ends the computation.',
      tags: ['models'],
      params: Type.Object({ id: ModelRef }),
      body: GenerateRequest,
      response: responses(
        {
          200: {
            description: 'The text that follows',
            content: { ...json(GenerateResponse, '').content, ...eventStreamContent },
          },
        },
        ...(['not_found', 'unsuitable_model', 'checkpoint_damaged', 'invalid_prompt', ...jsonBodyProblems] as const),
      ),
    },
    handler: async (request, reply) => {
      const { tenantId, params, body, headers } = request;
      const signal = untilGone(reply);
      const generate = (onToken?: (token: GeneratedToken) => void) =>
        models.generate({ tenantId, id: params.id, body }, { signal, onToken });
      if (!headers.accept?.includes('text/event-stream')) return generate();
      return sendEventStream(request, reply, await framesOf(generate));
    },
  });
}

/** Resolves with the first token, so that what is wrong with the request is still answered by its status. */
async function framesOf(
  generate: (onToken: (token: GeneratedToken) => void) => Promise<GenerateResponse>,
): Promise<Readable> {
  const frames = new Readable({ read: () => undefined });
  const tell = (event: 'token' | 'done' | 'error', data: object) =>
    frames.push(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  await new Promise<void>((begun, refused) => {
    generate((token) => {
      tell('token', token);
      begun();
    })
      .then(
        (answer) => tell('done', answer),
        (error: unknown) => {
          refused(error); // unless it has begun
          const { code, message } = error instanceof Problem ? error : new Problem('internal', 'The text cannot go on');
          tell('error', { code, message });
        },
      )
      .finally(() => frames.push(null));
  });
  return frames;
}
