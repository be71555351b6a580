/**
 * Every answer that is not a success, in one shape: what handlers throw, what Fastify refuses, paths that do not exist.
 * (broken-requests.ts has those so broken that no request comes of them.)
 */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { fieldProblem, Problem, type ProblemCode } from '../errors.js';
import { allowedMethods, pathOf } from './allowed-methods.js';
import { drain } from './drain.js';
import { isOutage } from './outages.js';
import { problemBody } from './problem-body.js';

/** What Fastify and its plugins refuse, by status; any other 4xx is a malformed request. */
const codeOfStatus: Readonly<Record<number, ProblemCode>> = {
  403: 'forbidden',
  404: 'not_found',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
};

export default fp(async (app) => {
  const methodsOf = allowedMethods(app);
  app.addHook('onRequest', async ({ headers, raw }) => {
    if (headers.host !== undefined || raw.httpVersion !== '1.1') return;
    throw new Problem('malformed_request', 'HTTP/1.1 wants a Host header');
  });
  // Node's answer to an expectation that it does not know has no body; ours is the route's, or a problem.
  app.server.on('checkExpectation', (request, response) => void app.server.emit('request', request, response));
  app.addHook('onRequest', async ({ headers: { expect } }) => {
    if (expect === undefined || expect.toLowerCase() === '100-continue') return;
    throw new Problem('malformed_request', `Expect: expected 100-continue, got ${expect.slice(0, 100)}`);
  });
  app.setErrorHandler(sendError);
  app.setNotFoundHandler((request, reply) => {
    const methods = methodsOf(request.url).join(', ');
    if (methods) void reply.header('allow', methods);
    const hint = methods ? { hint: `This path answers ${methods}` } : {};
    const detail = `Nothing answers ${request.method} ${pathOf(request.url)}`;
    return sendError(new Problem('not_found', detail, hint), request, reply);
  });
});

/** Answers with a problem. Also Fastify's `frameworkErrors`: a URL that cannot be decoded reaches no route. */
export async function sendError(error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply) {
  const problem = toProblem(error, request);
  const { retryAfter } = problem.details;
  if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
  await drain(request.raw);
  return reply.code(problem.status).type('application/problem+json').send(problemBody(problem, request.id));
}

function toProblem(error: FastifyError | Problem, request: FastifyRequest): Problem {
  if (error instanceof Problem) {
    if (error.code === 'internal') request.log.error({ err: error }, 'request failed');
    return error;
  }
  const status = error.statusCode ?? 500;
  if (status === 415) return unsupportedMediaType(request);
  if (status < 500) return new Problem(codeOfStatus[status] ?? 'malformed_request', error.message);
  request.log.error({ err: error }, 'request failed');
  if (isOutage(error)) {
    return new Problem('unavailable', 'A part that the service needs is away', { retryable: true, retryAfter: 5 });
  }
  return new Problem('internal', `The server failed; its log has the cause under request ${request.id}`);
}

function unsupportedMediaType({ headers, routeOptions }: FastifyRequest): Problem {
  const expected = routeOptions.schema?.consumes ?? ['application/json'];
  const got = headers['content-type']?.slice(0, 100) ?? 'none';
  const message = `expected ${expected.join(' or ')}; got ${got}`;
  return fieldProblem('unsupported_media_type', { path: '/headers/content-type', message, expected, got });
}
