/** A real service that listens, with a consumer, for clients that know only its address. */
import type { AddressInfo } from 'node:net';
import { startApi, type TestApi } from '../routes/support.js';
import { startConsumer } from '../routes/training.js';

export interface ServedApi extends TestApi {
  url: string;
}

export async function startServed(env: Record<string, string> = {}): Promise<ServedApi> {
  const api = await startApi(env);
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  startConsumer(api);
  return { ...api, url: `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}` };
}
