/** Two API processes on one database and one store of artifacts, without consumers. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { postgresUrl, Service } from '../support/service.js';

export async function withTwoApis<T>(work: (urls: string[]) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'trainyard-apis-'));
  const services: Service[] = [];
  async function start(name: string, environment: NodeJS.ProcessEnv = {}): Promise<string> {
    const ARTIFACTS_URL = pathToFileURL(join(folder, 'artifacts')).href;
    const service = new Service(join(folder, name), { CONSUMERS: '0', ARTIFACTS_URL, ...environment });
    services.unshift(service); // the one with the database is stopped last
    return (await service.api()).url;
  }
  try {
    const first = await start('first');
    return await work([first, await start('second', { DATABASE_URL: await postgresUrl(join(folder, 'first')) })]);
  } finally {
    for (const service of services) await service.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
