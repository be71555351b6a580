/** Reading on what a refused client is still sending. */
import type { IncomingMessage } from 'node:http';

const mostBytes = 64 * 2 ** 20;
const mostMilliseconds = 5000;

/**
 * Resolves when the request has been received, or when that takes too much. Closing a connection under a client that is
 * still sending makes its kernel drop the answer before the client has read it.
 */
export function drain(request: IncomingMessage): Promise<void> {
  if (request.complete || request.readableEnded || request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let bytes = 0;
    const count = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > mostBytes) done();
    };
    const timer = setTimeout(done, mostMilliseconds);
    function done() {
      clearTimeout(timer);
      request.off('end', done).off('close', done).off('error', done).off('data', count);
      resolve();
    }
    request.on('end', done).on('close', done).on('error', done).on('data', count);
    request.resume();
  });
}
