/** A way to a service on which connections break, as `cut` says. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface CuttingProxy {
  url: string;
  /** Connections that were made through it. */
  connections: () => number;
  close(): Promise<void>;
}

/** `cut` is told of the bytes of each answer so far, and breaks the `nth` connection (from 0) by saying so. */
export async function startCuttingProxy(
  target: string,
  cut: (nth: number, answered: number) => boolean,
): Promise<CuttingProxy> {
  const open = new Set<Socket>();
  let count = 0;
  const server = createServer((client) => {
    const nth = count++;
    const upstream = connect(Number(new URL(target).port), '127.0.0.1');
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => undefined).on('close', () => open.delete(socket));
    }
    client.pipe(upstream);
    let answered = 0;
    upstream.on('data', (chunk) => {
      answered += chunk.length;
      if (!cut(nth, answered)) return void client.write(chunk);
      client.destroy();
      upstream.destroy();
    });
    upstream.on('close', () => client.end());
    client.on('close', () => upstream.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => count,
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
