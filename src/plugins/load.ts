/** Sheds load: while the event loop lags, requests get 503 with Retry-After at once instead of queueing to time out. */
import underPressure from '@fastify/under-pressure';
import fp from 'fastify-plugin';
import { Problem } from '../errors.js';

/** Milliseconds, the mean over a second. */
const mostLag = 1000;

export default fp<{ maxEventLoopDelay?: number }>(async (app, { maxEventLoopDelay = mostLag }) => {
  await app.register(underPressure, {
    maxEventLoopDelay,
    // Async, since only a rejection becomes the request's error: a throw would end the process.
    pressureHandler: async () => {
      throw new Problem('unavailable', 'The server is overloaded', { retryable: true, retryAfter: 2 });
    },
  });
});

/** For the route's `config`: answers however busy the process is. */
export const evenUnderLoad = { pressureHandler: () => undefined };
