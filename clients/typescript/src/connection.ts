/** Requests to one service: its address, the key, and tries again. Everything else in this package goes through here. */
import { withRetries } from './retries.js';

export interface ConnectionOptions {
  /** `http://127.0.0.1:8080` */
  baseUrl: string;
  /** Where the service asks for keys. */
  apiKey?: string | undefined;
  /** Tries after the first, of what may succeed later; default 5. */
  retries?: number | undefined;
  /** In place of the runtime's own. */
  fetch?: typeof globalThis.fetch | undefined;
}

/** Carried out twice, these do what they do once. */
const repeatableMethods = ['GET', 'HEAD', 'PUT', 'DELETE'];
/** POSTs that store nothing. */
const reading = /\/(plan|predict|generate)$/;
/** And those that make jobs or a sweep, once for each Idempotency-Key. */
const making = /\/v1\/(sweeps|jobs(\/[^/]+\/(fork|retry|remedies))?)$/;

export class Connection {
  readonly baseUrl: string;
  readonly #headers: Record<string, string>;
  readonly #retries: number;
  readonly #fetch: typeof globalThis.fetch;

  constructor({ baseUrl, apiKey, retries = 5, fetch = globalThis.fetch }: ConnectionOptions) {
    this.baseUrl = baseUrl.replace(/\/+$/, '');
    this.#headers = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
    this.#retries = retries;
    this.#fetch = (...request) => fetch(...request); // a browser's is no method of anything else
  }

  /** A request whose body fits in memory. */
  async send(request: Request): Promise<Response> {
    const path = new URL(request.url).pathname;
    const { method, signal } = request;
    const makes = method === 'POST' && making.test(path);
    for (const [name, value] of Object.entries(this.#headers)) request.headers.set(name, value);
    if (makes && !request.headers.has('idempotency-key')) request.headers.set('idempotency-key', crypto.randomUUID());
    const repeatable = repeatableMethods.includes(method) || makes || (method === 'POST' && reading.test(path));
    let lost = false; // an answer, before which it may have been carried out
    const attempt = async () => {
      const answer = await this.#fetch(request.clone()).catch((error: unknown) => {
        lost = true;
        throw error;
      });
      return lost && method === 'DELETE' && answer.status === 404 ? new Response(null, { status: 204 }) : answer;
    };
    return withRetries(attempt, { retries: this.#retries, repeatable, signal });
  }

  get(path: string, init: { headers?: Record<string, string>; signal?: AbortSignal | undefined } = {}) {
    const { headers, signal } = init;
    return this.send(new Request(`${this.baseUrl}${path}`, { headers: headers ?? {}, signal: signal ?? null }));
  }

  /** A POST whose body is made anew for each try; where that is impossible, there is one. */
  post(path: string, body: () => PostBody, { again, signal }: { again: boolean; signal?: AbortSignal | undefined }) {
    const attempt = () => {
      const { content, contentType } = body();
      const headers = { ...this.#headers, ...(contentType !== undefined && { 'content-type': contentType }) };
      const init = { method: 'POST', headers, body: content, signal: signal ?? null, duplex: 'half' as const };
      return this.#fetch(`${this.baseUrl}${path}`, init);
    };
    return withRetries(attempt, { retries: again ? this.#retries : 0, repeatable: again, signal });
  }
}

export interface PostBody {
  content: FormData | ReadableStream<Uint8Array>;
  /** That of a form is set by fetch. */
  contentType?: string;
}
