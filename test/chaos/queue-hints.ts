/** Takes everything out of the queue, as losing it would. */
import { Redis } from 'ioredis';
import pg from 'pg';

export async function wipeRedis(url: string): Promise<void> {
  const redis = new Redis(url);
  try {
    await redis.flushall();
  } finally {
    redis.disconnect();
  }
}

/** All rows of BullMQ's tables; the record of its migrations is no part of the queue. */
export async function wipePostgres(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined); // the database may be killed meanwhile: the query rejects
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname = 'trainyard_queue' and tablename <> 'migration'`,
    );
    for (const { name } of rows) await client.query(`delete from ${name}`);
  } finally {
    await client.end();
  }
}
