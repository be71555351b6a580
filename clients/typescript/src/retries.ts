/** Tries again what may succeed later: as long as the service asks for, else twice as long each time. */
import { errorOf, TrainyardError } from './errors.js';
import { sleep } from './sleep.js';

export interface RetryOptions {
  /** Tries after the first. */
  retries: number;
  /** Whether the request may be made again where it is not known if it was carried out. */
  repeatable: boolean;
  signal?: AbortSignal | null | undefined;
}

const firstSeconds = 0.25;
const mostSeconds = 10;

/** The answer, if it is no error; `attempt` makes the request anew each time. Throws TrainyardError, or what aborted it. */
export async function withRetries(attempt: () => Promise<Response>, options: RetryOptions): Promise<Response> {
  const { retries, repeatable, signal } = options;
  for (let tried = 0; ; tried++) {
    const answer = await attempt()
      .then(whole)
      .catch((cause: unknown) => {
        signal?.throwIfAborted();
        const detail = `No answer: ${describe(cause)}`;
        return new TrainyardError({ code: 'unreachable', detail, retryable: repeatable }, { cause });
      });
    if (answer instanceof Response) return answer;
    if (!answer.retryable || tried >= retries) throw answer;
    await sleep(1000 * (answer.retryAfterSeconds ?? backoff(tried)), signal);
  }
}

/** What was answered, if not with an error. JSON is read to its end, since a connection may break within; files and events stay streams. */
async function whole(response: Response): Promise<Response | TrainyardError> {
  if (response.status >= 400) return errorOf(response);
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return isJson ? new Response(await response.arrayBuffer(), response) : response;
}

/** Full jitter, so that many clients do not come back at once. */
const backoff = (tried: number): number => Math.min(mostSeconds, firstSeconds * 2 ** tried) * Math.random();

/** fetch says only that it failed; its cause says why. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
