/**
 * The API's side of the predict process (workers/predict.ts). Models are loaded and run over there, so that one which
 * exhausts memory or crashes cannot take the API down: a dead process is started again for the next request, and what it
 * was computing is answered `unavailable`, which a client may repeat.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { type Config, environmentOf } from '../config.js';
import { Problem } from '../errors.js';
import type { GeneratedToken, Generation, ResolvedGenerateRequest } from '../schemas/generate.js';
import type { Prediction } from '../schemas/run.js';
import type { Vocabulary } from '../schemas/tokenizer.js';
import type {
  CancelRequest,
  ModelFile,
  PredictionAnswer,
  PredictionFailure,
  PredictionReply,
  PredictionRequest,
  RawRow,
  Telling,
} from './prediction-protocol.js';

const entry = fileURLToPath(new URL('../../workers/predict.js', import.meta.url));

export interface PredictionHost {
  /** Of the process at work, if one has been started. */
  readonly pid: number | undefined;
  /** One prediction a row, in order. Throws a Problem: `invalid_row` naming row and field, or `unavailable`. */
  predict(model: ModelFile, rows: RawRow[], choice?: Telling): Promise<Prediction[]>;
  /** What follows a prompt. Throws a Problem: `invalid_prompt`, or `unavailable`, at once where it is cancelled. */
  generate(model: ModelFile, request: ResolvedGenerateRequest, listener: GenerationListener): Promise<Generation>;
  /** The tokens of a model that reads text. Throws a Problem: `unavailable`. */
  vocabulary(model: ModelFile): Promise<Vocabulary>;
  close(): Promise<void>;
}

export interface GenerationListener {
  /** Ends the computation when it aborts. */
  signal: AbortSignal;
  /** Left out, tokens are not told one by one. */
  onToken?: ((token: GeneratedToken) => void) | undefined;
}

interface Waiting {
  child: ChildProcess;
  onToken?: GenerationListener['onToken'];
  resolve(answer: PredictionAnswer): void;
  reject(problem: Problem): void;
}

export function createPredictionHost({ config, log }: { config: Config; log: Logger }): PredictionHost {
  const waiting = new Map<number, Waiting>();
  let child: ChildProcess | null = null;
  let nextId = 1;
  let closed = false;

  function start(): ChildProcess {
    // 'advanced' is the structured clone: NaN and Infinity cross it, and it is faster than JSON on rows of numbers.
    const started = fork(entry, { env: environmentOf(config), serialization: 'advanced' });
    started.on('message', (reply: PredictionReply) => settle(reply));
    started.on('error', (error) => log.error({ err: error }, 'predict process'));
    started.on('exit', (code, signal) => {
      if (child === started) child = null;
      if (!closed) log.warn({ code, signal }, 'the predict process died; the next request starts another');
      for (const [id, request] of waiting) {
        if (request.child === started) take(id)?.reject(unavailable());
      }
    });
    return started;
  }

  function take(id: number): Waiting | undefined {
    const request = waiting.get(id);
    waiting.delete(id);
    return request;
  }

  function settle(reply: PredictionReply): void {
    if ('token' in reply) {
      waiting.get(reply.id)?.onToken?.(reply.token);
      return;
    }
    const request = take(reply.id);
    if ('failure' in reply) request?.reject(problemOf(reply.failure));
    else request?.resolve(reply.answer);
  }

  /** The process answers each kind of request with its own kind of answer. */
  function ask(
    request: Exclude<PredictionRequest, CancelRequest>,
    { signal, onToken }: Partial<GenerationListener> = {},
  ): Promise<PredictionAnswer> {
    if (closed || signal?.aborted) return Promise.reject(unavailable());
    child ??= start();
    const target = child;
    return new Promise((resolve, reject) => {
      waiting.set(request.id, { child: target, resolve, reject, onToken });
      signal?.addEventListener('abort', () => {
        const cancelled = take(request.id);
        if (cancelled === undefined) return;
        cancelled.reject(unavailable());
        target.send({ cancel: request.id } satisfies CancelRequest, () => undefined); // a dead process computes nothing
      });
      target.send(request, (error) => {
        if (!error) return;
        if (child === target) child = null; // it is dying, though its 'exit' has not been seen
        take(request.id)?.reject(unavailable());
      });
    });
  }

  return {
    get pid() {
      return child?.pid;
    },

    predict: (model, rows, choice = {}) => ask({ id: nextId++, model, rows, choice }) as Promise<Prediction[]>,
    generate(model, request, listener) {
      const streamed = listener.onToken !== undefined;
      return ask({ id: nextId++, model, generate: request, streamed }, listener) as Promise<Generation>;
    },
    vocabulary: (model) => ask({ id: nextId++, model, want: 'vocabulary' }) as Promise<Vocabulary>,

    async close() {
      closed = true;
      if (child === null) return;
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}

const unavailable = () =>
  new Problem('unavailable', 'The predict process is restarting', { retryable: true, retryAfter: 1 });

function problemOf({ code, message, details }: PredictionFailure): Problem {
  if (code === 'internal') return new Problem('internal', message);
  const { hint, path = '/rows', expected, got } = details;
  return new Problem(code, message, { errors: [{ path, message, expected, got }], ...(hint && { hint }) });
}
