/** Which failures of a write are an outage, to be waited out, and which are final. */
import { setTimeout as sleep } from 'node:timers/promises';

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** SQLSTATE classes: connection, resources, operator intervention (shutdown, starting up), lock or serialisation. */
const transientClasses = ['08', '53', '57', '40', '55'];
/** What the driver says without a code. */
const driverMessages =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection/i;

/** True for errors of a database that is away, starting, stopping or busy, and of an artifact store that is away. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'unavailable' || networkCodes.has(code)) return true;
  if (/^[0-9A-Z]{5}$/.test(code)) return transientClasses.includes(code.slice(0, 2));
  return driverMessages.test(error.message);
}

/** Repeats `write` through an outage until it succeeds, fails for good, or `signal` aborts. `write` may have happened. */
export async function persist<T>(write: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let pauseMs = 100; ; pauseMs = Math.min(2 * pauseMs, 2000)) {
    try {
      return await write();
    } catch (error) {
      if (!isTransient(error) || signal.aborted) throw error;
      await sleep(pauseMs, undefined, { signal });
    }
  }
}
