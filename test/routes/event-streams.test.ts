/** Events by server-sent events, over real connections that are lost and taken up again. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { pino } from 'pino';
import { buildApp } from '../../src/app.js';
import type { Event } from '../../src/schemas/run.js';
import { createServices } from '../../src/services/index.js';
import { createEventListener } from '../../src/store/event-listener.js';
import { addEvent } from '../../src/store/events.js';
import { transition } from '../../src/store/transition.js';
import { addRun } from '../support/rows.js';
import { startApi, type TestApi } from './support.js';

let api: TestApi;
let base: string;

before(async () => {
  api = await startApi();
  base = await api.app.listen({ host: '127.0.0.1', port: 0 });
});

interface Frame {
  id: string;
  event: Event;
}

/** The frames of a stream, until it ends or the caller stops reading, which closes the connection. */
async function* frames(url: string, lastEventId?: string): AsyncGenerator<Frame> {
  const headers: Record<string, string> = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  const controller = new AbortController();
  let response = await fetch(url, { headers, signal: controller.signal });
  // A machine that is busy with other tests lags, and the API sheds load, as it should.
  for (; response.status === 503; response = await fetch(url, { headers, signal: controller.signal })) await sleep(100);
  assert.equal(response.status, 200, response.status === 200 ? '' : await response.text());
  assert.match(response.headers.get('content-type')!, /^text\/event-stream/);
  let text = '';
  try {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const parts = (text + chunk).split('\n\n');
      text = parts.pop()!;
      for (const part of parts) {
        const [, id, data] = /^id: (.*)\ndata: (.*)$/.exec(part) ?? [];
        if (id !== undefined) yield { id, event: JSON.parse(data!) as Event };
      }
    }
  } finally {
    controller.abort();
  }
}

const tell = (jobId: string, i: number) =>
  api.db.transaction().execute((trx) => addEvent(trx, jobId, { type: 'warning', data: { i } }));

const end = (jobId: string) =>
  api.db.transaction().execute((trx) => transition(trx, { jobId, to: 'failed', actor: 'test' }));

test('a reader that loses its connection after every few events gets each event of the job once, in order, to the end', async () => {
  const { id } = await addRun(api.db);
  const writing = (async () => {
    for (let i = 0; i < 300; i++) await tell(id, i);
    await end(id);
  })();
  const seen: Event[] = [];
  let last: string | undefined;
  let connections = 0;
  do {
    connections++;
    for await (const frame of frames(`${base}/v1/jobs/${id}/events/stream`, last)) {
      seen.push(frame.event);
      last = frame.id;
      if (seen.length % 7 === 0) break;
    }
  } while (seen.at(-1)?.data['to'] !== 'failed');
  await writing;
  assert.ok(connections > 40, `${connections} connections`);
  assert.deepEqual(
    seen.map(({ seq }) => seq),
    Array.from(seen, (_, i) => i + 1),
  );
  assert.deepEqual(
    seen.filter(({ type }) => type === 'warning').map(({ data }) => data['i']),
    Array.from({ length: 300 }, (_, i) => i),
  );
});

test('the stream of a job that has ended tells all and ends; from behind its last event it is 204', async () => {
  const { id } = await addRun(api.db);
  await end(id);
  const seen: Frame[] = [];
  for await (const frame of frames(`${base}/v1/jobs/${id}/events/stream`)) seen.push(frame);
  assert.equal(seen.at(-1)?.event.data['to'], 'failed');
  const url = `/v1/jobs/${id}/events/stream`;
  assert.equal((await api.inject({ url, headers: { 'last-event-id': seen.at(-1)!.id } })).statusCode, 204);
});

test('the stream of all jobs leaves out nothing that commits late, across reconnections and 20 writers at once', async () => {
  const runs = await Promise.all(Array.from({ length: 4 }, () => addRun(api.db)));
  const url = `${base}/v1/events/stream`;
  const first = frames(url);
  const opened = first.next();
  await listening();
  await tell(runs[0]!.id, -1);
  const { value } = (await opened) as { value: Frame };
  await first.return(undefined);

  const writers = Array.from({ length: 20 }, async (_, writer) => {
    for (let i = 0; i < 10; i++) {
      // Held open for a moment after its number was given, as a slow commit is.
      await api.db.transaction().execute(async (trx) => {
        await addEvent(trx, runs[writer % 4]!.id, { type: 'warning', data: { i: writer * 10 + i } });
        await sql`select pg_sleep(${Math.random() * 0.01})`.execute(trx);
      });
    }
  });
  const seen: Event[] = [];
  let last = value.id;
  while (seen.length < 200) {
    for await (const frame of frames(url, last)) {
      seen.push(frame.event);
      last = frame.id;
      if (seen.length % 11 === 0 || seen.length === 200) break;
    }
  }
  await Promise.all(writers);
  const numbers = seen.map(({ data }) => data['i'] as number).sort((a, b) => a - b);
  assert.deepEqual(
    numbers,
    Array.from({ length: 200 }, (_, i) => i),
  );
});

test('an event that another process wrote is there within a second, and so is one after the listener was cut off', async () => {
  const { id } = await addRun(api.db);
  const stream = frames(`${base}/v1/jobs/${id}/events/stream`, '2'); // queued, running
  const tellIn = async (i: number) => {
    const began = performance.now();
    const next = stream.next();
    await tell(id, i);
    const { value } = (await next) as { value: Frame };
    assert.equal(value.event.data['i'], i);
    return performance.now() - began;
  };
  await listening();
  assert.ok((await tellIn(1)) < 1000);
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %'`.execute(api.db);
  assert.ok((await tellIn(2)) < 8000);
  await stream.return(undefined);
});

test('a second API tells what the first one’s clients do', async () => {
  const { id } = await addRun(api.db);
  const log = pino({ level: 'silent' });
  const eventListener = createEventListener({ url: api.config.databaseUrl! });
  const other = buildApp({ config: api.config, services: createServices({ ...api.parts, eventListener }), log });
  const url = await other.listen({ host: '127.0.0.1', port: 0 });
  const seen: Event[] = [];
  const reading = (async () => {
    for await (const { event } of frames(`${url}/v1/jobs/${id}/events/stream`)) seen.push(event);
  })();
  await api.app.inject({ method: 'POST', url: `/v1/jobs/${id}/cancel`, payload: { mode: 'immediate' } });
  await api.db.transaction().execute((trx) => transition(trx, { jobId: id, to: 'cancelled', actor: 'test' }));
  await reading;
  assert.deepEqual(
    seen.map(({ data }) => data['to']),
    ['queued', 'running', 'cancelling', 'cancelled'],
  );
  await other.close();
  await eventListener.close();
});

test('closing ends the streams at once, and readers that went away leave nothing behind', async () => {
  const listener = createEventListener({ url: api.config.databaseUrl! });
  let subscribed = 0;
  const eventListener: typeof listener = {
    ...listener,
    subscribe(jobId, wake) {
      subscribed++;
      const cancel = listener.subscribe(jobId, wake);
      return () => {
        subscribed--;
        cancel();
      };
    },
  };
  const services = createServices({ ...api.parts, eventListener });
  const app = buildApp({ config: api.config, services, log: pino({ level: 'silent' }) });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const { id } = await addRun(api.db);
  for (let round = 0; round < 10; round++) {
    const sockets = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const socket = connect(port, '127.0.0.1');
        socket.write(`GET /v1/jobs/${id}/events/stream HTTP/1.1\r\nhost: localhost\r\n\r\n`);
        await once(socket, 'data');
        return socket;
      }),
    );
    for (const socket of sockets) socket.destroy();
  }
  await until(() => subscribed === 0);
  const staying = frames(`http://127.0.0.1:${port}/v1/events/stream`).next();
  await until(() => subscribed === 1);
  const began = performance.now();
  await app.close();
  assert.ok(performance.now() - began < 5000);
  assert.deepEqual(await staying, { done: true, value: undefined });
  await listener.close();
});

test('an unknown job is 404 and an id of no event 400, before any stream begins', async () => {
  const missing = `/v1/jobs/job_${'0'.repeat(26)}/events/stream`;
  assert.equal((await api.inject({ url: missing })).statusCode, 404);
  for (const [url, id] of [
    [missing, 'x'],
    [missing, '-1'],
    ['/v1/events/stream', '7'],
    ['/v1/events/stream', '1-2-3'],
  ] as const) {
    const response = await api.inject({ url, headers: { 'last-event-id': id } });
    assert.equal(response.statusCode, 400, `${url} ${id}`);
    assert.equal(response.json().errors[0].path, '/headers/last-event-id');
  }
});

/** Resolves once this database has a connection that LISTENs. */
async function listening(): Promise<void> {
  const client = new pg.Client({ connectionString: api.config.databaseUrl! });
  await client.connect();
  try {
    for (;;) {
      const { rows } = await client.query(`select 1 from pg_stat_activity where query like 'listen trainyard%'`);
      if (rows.length) return;
      await sleep(20);
    }
  } finally {
    await client.end();
  }
}

async function until(done: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!done()) {
    assert.ok(Date.now() < deadline, 'not within 10 s');
    await sleep(20);
  }
}
