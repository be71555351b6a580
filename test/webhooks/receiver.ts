/** A receiver of webhooks on loopback: keeps what it was sent, and answers as it is told. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { after } from 'node:test';

export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Receiver {
  url: string;
  received: Received[];
  /** Of the answers to come. */
  status: number;
  /** Resolves once there are so many messages. */
  until(count: number): Promise<Received[]>;
}

export async function startReceiver(): Promise<Receiver> {
  const waiting = new Set<() => void>();
  const receiver: Receiver = {
    url: '',
    received: [],
    status: 200,
    async until(count) {
      while (receiver.received.length < count) await new Promise<void>((resolve) => waiting.add(resolve));
      return receiver.received;
    },
  };
  const server = createServer(async (request, response) => {
    receiver.received.push({ headers: request.headers, body: String(await buffer(request)) });
    response.writeHead(receiver.status, { location: receiver.url }).end('x'.repeat(100_000));
    for (const resolve of waiting) resolve();
    waiting.clear();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  after(() => server.close());
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return receiver;
}
