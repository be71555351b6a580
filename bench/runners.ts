/** Which process runs a job, for the measures that kill it. */
import pg from 'pg';
import type { Job } from '../src/schemas/job.js';
import { postgresUrl } from '../test/support/service.js';

/** Kills the process that runs the job with -9; resolves with the time. */
export async function killRunnerOf({ transitions }: Job, dataDir: string): Promise<number> {
  const actor = transitions.findLast(({ to }) => to === 'running')?.actor;
  const [row] = await ask<{ pid: number }>(dataDir, 'select pid from trainyard.consumers where id = $1', [
    actor?.replace('consumer:', ''),
  ]);
  if (!row) throw new Error(`${actor} is not known`);
  process.kill(row.pid, 'SIGKILL');
  return Date.now();
}

/** Consumers that were heard of in the last two seconds. */
export async function liveConsumers(dataDir: string): Promise<number> {
  const text = `select id from trainyard.consumers where heartbeat_at > now() - interval '2 s'`;
  return (await ask(dataDir, text, [])).length;
}

async function ask<Row extends object>(dataDir: string, text: string, values: unknown[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: await postgresUrl(dataDir) });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}
