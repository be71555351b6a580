/** Events on their way to a receiver: what is sent, how it is signed, tried again, and sent once by several processes. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { Webhook as Verifier } from 'standardwebhooks';
import type { Event } from '../../src/schemas/run.js';
import type { Delivery, NewWebhook, Webhook } from '../../src/schemas/webhook.js';
import { inTransaction } from '../../src/store/database.js';
import { addEvent } from '../../src/store/events.js';
import { type DeliveryOptions, startDelivering } from '../../src/webhooks/deliver.js';
import { send } from '../../src/webhooks/send.js';
import { startApi, type TestApi } from '../routes/support.js';
import { closeAtEnd } from '../support/database.js';
import { addJob } from '../support/rows.js';
import { type Received, type Receiver, startReceiver } from './receiver.js';

let api: TestApi;
let jobId: string;

before(async () => {
  api = await startApi({ ALLOW_PRIVATE_WEBHOOKS: 'true' });
  jobId = await addJob(api.db);
  const running = deliver();
  closeAtEnd(() => running.close());
});

const log = pino({ level: 'silent' });
/** Looks and tries again within milliseconds. */
const deliver = (more: Partial<DeliveryOptions> = {}) => {
  const options = {
    db: api.db,
    config: api.config,
    log,
    intervalMs: 10,
    wait: (tries: number) => (tries < 3 ? 0.01 : null),
  };
  return startDelivering({ ...options, ...more });
};
async function post<T>(path: string, payload?: object): Promise<T> {
  const response = await api.inject({ method: 'POST', url: `/v1${path}`, ...(payload && { payload }) });
  assert.ok(response.statusCode < 300, response.body);
  return response.json<T>();
}
const create = (receiver: Receiver, events?: Event['type'][]) =>
  post<NewWebhook>('/webhooks', { url: receiver.url, ...(events && { events }) });
const get = async <T>(path: string): Promise<T> => (await api.inject({ url: `/v1${path}` })).json<T>();
const happen = (type: Event['type'], data: object = {}) =>
  inTransaction(api.db, (trx) => addEvent(trx, jobId, { type, data: { ...data } }));
const verified = (secret: string, { body, headers }: Received): { type: string; timestamp: string; data: Event } =>
  new Verifier(secret).verify(body, headers as Record<string, string>) as never;
/** The newest delivery, once it has ended. */
async function ended({ id }: Webhook): Promise<Delivery> {
  for (;;) {
    const [newest] = (await get<{ items: Delivery[] }>(`/webhooks/${id}/deliveries`)).items;
    if (newest?.finishedAt) return newest;
    await sleep(10);
  }
}

test('an event comes as the event of the job’s list, signed so that the reference library takes it', async () => {
  const receiver = await startReceiver();
  const { secret } = await create(receiver);
  await happen('epoch', { step: 7 });
  const [received] = await receiver.until(1);
  const { type, data } = verified(secret, received!);
  const { items } = await get<{ items: Event[] }>(`/jobs/${jobId}/events?limit=200`);
  assert.equal(type, 'epoch');
  assert.deepEqual(data, items.at(-1));
  assert.throws(() => verified(secret, { ...received!, body: `${received!.body} ` }), /No matching signature/);
});

test('only the events that were asked for come, and none of before', async () => {
  const receiver = await startReceiver();
  await happen('finding');
  await create(receiver, ['finding', 'edit']);
  for (const type of ['epoch', 'edit', 'state', 'finding'] as const) await happen(type);
  const received = await receiver.until(2);
  assert.deepEqual(received.map(({ body }) => JSON.parse(body).type).sort(), ['edit', 'finding']);
});

test('after a rotation both secrets verify, and with no overlap the new one alone', async () => {
  const receiver = await startReceiver();
  const webhook = await create(receiver, ['warning']);
  const second = await post<NewWebhook>(`/webhooks/${webhook.id}/rotate`);
  await post(`/webhooks/${webhook.id}/test`);
  const [both] = await receiver.until(1);
  for (const secret of [webhook.secret, second.secret]) assert.equal(verified(secret, both!).type, 'test');
  const third = await post<NewWebhook>(`/webhooks/${webhook.id}/rotate`, { overlapSeconds: 0 });
  await post(`/webhooks/${webhook.id}/test`);
  const [, one] = await receiver.until(2);
  assert.equal(verified(third.secret, one!).type, 'test');
  assert.throws(() => verified(second.secret, one!), /No matching signature/);
});

test('anything but 2xx, a redirect too, is tried again under the same id until tries are used up; redelivered, it is again', async () => {
  const receiver = await startReceiver();
  const webhook = await create(receiver, ['warning']);
  receiver.status = 302;
  await post(`/webhooks/${webhook.id}/test`);
  const received = await receiver.until(3);
  const failed = await ended(webhook);
  assert.deepEqual(
    [failed.state, failed.nextTryAt, failed.tries.map(({ status }) => status)],
    ['failed', null, [302, 302, 302]],
  );
  assert.equal(received.length, 3);
  assert.ok(received.every(({ headers }) => headers['webhook-id'] === failed.id));

  receiver.status = 204;
  await post(`/deliveries/${failed.id}/redeliver`);
  await receiver.until(4);
  const delivered = await ended(webhook);
  assert.deepEqual([delivered.id, delivered.state, delivered.tries.at(-1)?.status], [failed.id, 'delivered', 204]);
  assert.equal((await get<Webhook>(`/webhooks/${webhook.id}`)).enabled, true);
});

test('a receiver that is not there says why in the log', async () => {
  const webhook = await post<NewWebhook>('/webhooks', { url: 'http://127.0.0.1:1/', events: ['warning'] });
  await post(`/webhooks/${webhook.id}/test`);
  const { state, tries } = await ended(webhook);
  assert.deepEqual([state, tries[0]!.status], ['failed', null]);
  assert.match(tries[0]!.error!, /ECONNREFUSED/);
});

test('a receiver that wants another protocol has answered, and holds nobody up', async () => {
  const server = createServer((socket) => {
    socket.once('data', () =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'),
    );
    socket.on('error', () => {});
  }).listen(0, '127.0.0.1');
  closeAtEnd(async () => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const webhook = await post<NewWebhook>('/webhooks', { url: `http://127.0.0.1:${port}/`, events: ['warning'] });
  await post(`/webhooks/${webhook.id}/test`);
  const { state, tries } = await ended(webhook);
  assert.deepEqual([state, tries[0]!.status], ['failed', 101]);
});

test('410 disables a webhook; enabled again, it is sent what happens from then on', async () => {
  const receiver = await startReceiver();
  const webhook = await create(receiver, ['edit']);
  receiver.status = 410;
  await happen('edit', { n: 1 });
  assert.deepEqual(
    (await ended(webhook)).tries.map(({ status }) => status),
    [410],
  );
  let now = await get<Webhook>(`/webhooks/${webhook.id}`);
  while (now.enabled) now = await get<Webhook>(`/webhooks/${webhook.id}`); // noted behind the try
  assert.equal(now.disabledBecause, 'it answered 410 Gone');

  await happen('edit', { n: 2 });
  receiver.status = 200;
  const patched = await api.inject({ method: 'PATCH', url: `/v1/webhooks/${webhook.id}`, payload: { enabled: true } });
  assert.equal(patched.json<Webhook>().disabledBecause, null);
  await happen('edit', { n: 3 });
  await receiver.until(2);
  assert.deepEqual(
    receiver.received.map(({ body }) => JSON.parse(body).data.data.n),
    [1, 3],
  );
});

test('several processes send each of 200 messages once', async () => {
  const receiver = await startReceiver();
  await create(receiver, ['rollback']);
  const others = [deliver(), deliver(), deliver()];
  for (let n = 0; n < 200; n++) await happen('rollback', { n });
  await receiver.until(200);
  await Promise.all(others.map(({ close }) => close()));
  const ids = new Set(receiver.received.map(({ headers }) => headers['webhook-id']));
  assert.deepEqual([ids.size, receiver.received.length], [200, 200]);
});

test('what a process had claimed when it died is sent again, under the same id', async () => {
  const receiver = await startReceiver();
  const webhook = await create(receiver, ['warning']);
  await post(`/webhooks/${webhook.id}/test`);
  const { id } = await ended(webhook);
  const claimed = { state: 'pending', nextTryAt: new Date(Date.now() - 1000), finishedAt: null } as const;
  await api.db.updateTable('webhookDeliveries').set(claimed).where('id', '=', id).execute();
  const [first, second] = await receiver.until(2);
  assert.deepEqual([first!.headers['webhook-id'], second!.headers['webhook-id']], [id, id]);
});

test('a receiver that is not public is not connected to, by its address, by its name, or by a name that leads there', async () => {
  const receiver = await startReceiver();
  const { port } = new URL(receiver.url);
  const message = { id: 'dlv_1', body: '{}', secrets: [] };
  const options = { allowPrivate: false, signal: AbortSignal.timeout(10_000) };
  for (const host of ['127.0.0.1', '2130706433', '0177.1', '[::ffff:127.0.0.1]', 'localhost', '[::1]']) {
    await assert.rejects(send({ ...message, url: `http://${host}:${port}/` }, options), /public/, host);
  }
  assert.equal(receiver.received.length, 0);
});
