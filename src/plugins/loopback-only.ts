/**
 * While the service listens on loopback and asks for no key, any web page that the user visits could reach it: by a plain
 * cross-site request, or under its own name rebound to 127.0.0.1. So Host must be a loopback name, and an Origin, where a
 * browser sends one, must be ours.
 */
import fp from 'fastify-plugin';
import { Problem } from '../errors.js';

/** `localhost`, 127.0.0.0/8 or ::1, as a Host header or a listen address writes them. */
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;
export const isLoopback = (hostname: string): boolean => loopback.test(hostname);

export default fp<{ host: string }>(async (app, { host }) => {
  if (!isLoopback(host)) return;
  app.addHook('onRequest', async (request) => {
    if (!isLoopback(request.hostname.replace(/\.$/, ''))) {
      throw new Problem('forbidden', `Host ${request.hostname} is not this machine's loopback name`);
    }
    const { origin } = request.headers;
    if (origin !== undefined && origin !== `${request.protocol}://${request.host}`) {
      throw new Problem('forbidden', 'Requests from pages of another origin are refused');
    }
  });
});
