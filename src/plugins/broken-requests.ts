/** Bytes that Node's HTTP parser cannot make a request of: Fastify's `clientErrorHandler`. There is only a socket. */
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../errors.js';
import { problemBody } from './problem-body.js';
import { newRequestId } from './request-ids.js';

/** What the parser refuses with a status of its own. */
const statuses: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

export function answerBrokenRequest(this: FastifyInstance, error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const requestId = newRequestId();
  this.log.debug({ err: error, reqId: requestId }, 'malformed request');
  const status = statuses[error.code ?? ''] ?? 400;
  const problem = problemBody(new Problem('malformed_request', error.message), requestId);
  const body = JSON.stringify({ ...problem, status });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
