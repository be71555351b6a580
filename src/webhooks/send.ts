/** One try to deliver one message: a POST with bounds on its time and on what is read of the answer. Follows no redirect. */
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isPrivateHost, lookupPublic } from './public-address.js';
import { signatures } from './signature.js';

const patienceMs = 15_000;
const mostAnswerBytes = 16 * 1024;

export interface Message {
  id: string;
  url: string;
  body: string;
  /** Each signs it. */
  secrets: readonly string[];
}

export interface SendOptions {
  allowPrivate: boolean;
  signal: AbortSignal;
}

/** The status of the answer. Rejects where there is none, and where the target is not public. */
export function send({ id, url, body, secrets }: Message, { allowPrivate, signal }: SendOptions): Promise<number> {
  const { protocol, hostname } = new URL(url);
  if (!allowPrivate && isPrivateHost(hostname)) {
    return Promise.reject(new Error(`${hostname} is no public address`)); // an address is not looked up
  }
  const timestamp = Math.floor(Date.now() / 1000);
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'trainyard',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures(secrets, { id, timestamp, body }),
  };
  return new Promise((resolve, reject) => {
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
    const request = (protocol === 'https:' ? requestHttps : requestHttp)(url, {
      ...{ method: 'POST', headers, agent: false, signal: bounded },
      ...(allowPrivate ? {} : { lookup: lookupPublic }),
    });
    request.once('error', reject);
    // Without a listener such an answer would end in neither an error nor a response.
    request.once('upgrade', ({ statusCode }, socket) => {
      socket.destroy();
      resolve(statusCode!);
    });
    request.once('response', (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > mostAnswerBytes) response.destroy(); // the status is what counts
      });
      response.once('error', () => {}).once('close', () => resolve(response.statusCode!));
    });
    request.end(body);
  });
}
