/**
 * Whose request it is, and whether it may be made. Where keys are asked for, all below /v1 and /metrics want one with a scope
 * that suffices: `read` for GET, `submit` for the rest, unless the route says otherwise. Where they are not, there is one
 * tenant, who may do everything.
 */
import rateLimit from '@fastify/rate-limit';
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.js';
import { Problem } from '../errors.js';
import { responses } from '../routes/responses.js';
import { type Scope, scopes } from '../schemas/key.js';
import type { Services } from '../services/index.js';
import { pathOf } from './allowed-methods.js';
import { isLoopback } from './loopback-only.js';

declare module 'fastify' {
  interface FastifyRequest {
    tenantId: string;
    keyId: string | null;
  }
  interface FastifyContextConfig {
    /** The least that a key must have; default by the method. */
    scope?: Scope | 'none';
  }
}

const localTenant = 'local';
const windowSeconds = 60;

export const asksForKeys = ({ keys, host }: Pick<Config, 'keys' | 'host'>): boolean =>
  keys === 'auto' ? !isLoopback(host) : keys === 'required';

const cookieName = 'trainyard_key';

/** An empty key drops the cookie. */
export const sessionCookie = (key: string, protocol: string): string =>
  [
    `${cookieName}=${key}`,
    ...['Path=/', 'HttpOnly', 'SameSite=Strict'],
    ...(protocol === 'https' ? ['Secure'] : []),
    ...(key === '' ? ['Max-Age=0'] : []),
  ].join('; ');

function secretOf({ authorization, cookie }: FastifyRequest['headers']): string | undefined {
  if (authorization !== undefined) return /^Bearer ([\w-]{1,200})$/i.exec(authorization)?.[1];
  return new RegExp(`(?:^|; )${cookieName}=([\\w-]{1,200})(?:;|$)`).exec(cookie ?? '')?.[1];
}

const isGuarded = (url = ''): boolean => url.startsWith('/v1/') || url === '/metrics';

export const scopeOf = ({ method, config }: Pick<RouteOptions, 'method' | 'config'>): Scope | 'none' =>
  config?.scope ?? ([method].flat().every((verb) => verb === 'GET' || verb === 'HEAD') ? 'read' : 'submit');

interface Options {
  config: Pick<Config, 'keys' | 'host' | 'requestsPerMinute'>;
  keys: Services['keys'];
}

export default fp<Options>(async (app, { config, keys }) => {
  app.decorateRequest('tenantId', localTenant);
  app.decorateRequest('keyId', null);
  app.addHook('onRoute', (route) => {
    if (!isGuarded(route.url) || !route.schema || scopeOf(route) === 'none') return;
    const { 401: unauthorized, 429: rateLimited } = responses({}, 'unauthorized', 'rate_limited');
    const response = { ...(route.schema.response as object), 401: unauthorized, 429: rateLimited };
    route.schema = { ...route.schema, security: [{ key: [] }, {}], response };
  });
  if (!asksForKeys(config)) return;

  await app.register(rateLimit, { global: false });
  const count = app.createRateLimit({
    max: config.requestsPerMinute,
    timeWindow: windowSeconds * 1000,
    keyGenerator: ({ keyId }) => keyId!,
  });

  app.addHook('onRequest', async (request, reply) => {
    if (!isGuarded(request.routeOptions.url)) return;
    const needed = scopeOf({ method: request.method, config: request.routeOptions.config });
    if (needed === 'none') return;
    void reply.header('www-authenticate', 'Bearer'); // gone again below, where the key is good
    const key = await keys.require(secretOf(request.headers));
    void reply.removeHeader('www-authenticate');
    [request.tenantId, request.keyId] = [key.tenantId, key.id];
    await limit(request, reply);
    if (scopes.indexOf(key.scope) < scopes.indexOf(needed)) {
      throw new Problem('forbidden', `The key's scope is ${key.scope}; this needs ${needed}`);
    }
  });

  /** RateLimit fields as in draft-ietf-httpapi-ratelimit-headers-11. */
  async function limit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const state = await count(request);
    if (state.isAllowed) return;
    const { max, remaining, ttlInSeconds, isExceeded } = state;
    void reply.header('ratelimit-policy', `"key";q=${max};w=${windowSeconds}`);
    void reply.header('ratelimit', `"key";r=${remaining};t=${ttlInSeconds}`);
    if (!isExceeded) return;
    const detail = `More than ${max} requests of this key in a minute`;
    throw new Problem('rate_limited', detail, { retryable: true, retryAfter: ttlInSeconds });
  }

  app.addHook('onResponse', async ({ method, url, tenantId, keyId, id, log, routeOptions }, { statusCode }) => {
    const isReading = ['GET', 'HEAD'].includes(method) || scopeOf({ method, config: routeOptions.config }) === 'read';
    if (keyId === null || isReading || statusCode === 429) return;
    const entry = { tenantId, keyId, method, path: pathOf(url).slice(0, 500), status: statusCode, requestId: id };
    await keys.note(entry).catch((err: unknown) => log.error({ err, ...entry }, 'the audit log did not take an entry'));
  });
});
