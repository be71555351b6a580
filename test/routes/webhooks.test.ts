/** The resource of webhooks: what is refused, and that a secret is shown once. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { NewWebhook, Webhook } from '../../src/schemas/webhook.js';
import type { Problem } from './problem-body.js';
import { startApi, type TestApi } from './support.js';

let api: TestApi;
const url = 'https://hooks.example/a';

before(async () => {
  api = await startApi();
});

const create = (payload: object) => api.inject({ method: 'POST', url: '/v1/webhooks', payload });

test('a secret is shown where it is made, and nowhere else', async () => {
  const response = await create({ url });
  const { id, secret, events } = response.json<NewWebhook>();
  assert.deepEqual([response.statusCode, response.headers['cache-control']], [201, 'no-store']);
  assert.ok(events.includes('state') && events.includes('finding'));
  const patch = { method: 'PATCH', url: `/v1/webhooks/${id}`, payload: { events: ['state'] } } as const;
  for (const request of [{ url: '/v1/webhooks' }, { url: `/v1/webhooks/${id}` }, patch]) {
    const { statusCode, body } = await api.inject(request);
    assert.equal(statusCode, 200);
    assert.ok(body.includes(id) && !body.includes('whsec_') && !body.includes(secret));
  }
  assert.deepEqual((await api.inject({ url: `/v1/webhooks/${id}` })).json<Webhook>().events, ['state']);
  assert.equal((await api.inject({ method: 'DELETE', url: `/v1/webhooks/${id}` })).statusCode, 204);
  assert.equal((await api.inject({ url: `/v1/webhooks/${id}/deliveries` })).statusCode, 404);
});

const wrong: [payload: object, path: string][] = [
  [{}, '/url'],
  [{ url: 'hooks.example' }, '/url'],
  [{ url: 'ftp://hooks.example' }, '/url'],
  [{ url: 'https://' }, '/url'],
  [{ url: `https://hooks.example/${'a'.repeat(2000)}` }, '/url'],
  [{ url: 'https://a:b@hooks.example' }, '/url'],
  [{ url: 'http://localhost:8080' }, '/url'],
  [{ url: 'http://169.254.169.254/latest' }, '/url'],
  [{ url: 'http://0x7f.1' }, '/url'],
  [{ url, events: [] }, '/events'],
  [{ url, events: ['end'] }, '/events/0'],
  [{ url, events: ['state', 'state'] }, '/events'],
  [{ url, secret: 'whsec_a' }, '/secret'],
];
for (const [payload, path] of wrong) {
  test(`names what is wrong with ${JSON.stringify(payload).slice(0, 60)}`, async () => {
    const response = await create(payload);
    assert.equal(response.statusCode, 400, response.body);
    assert.equal(response.json<Problem>().errors?.[0]?.path, path);
  });
}

test('names what is wrong with a change and with a rotation', async () => {
  const { id } = (await create({ url })).json<NewWebhook>();
  const changes: [payload: object, path: string][] = [
    [{ url: 'http://10.0.0.1' }, '/url'],
    [{ enabled: 'yes' }, '/enabled'],
    [{ events: [] }, '/events'],
  ];
  for (const [payload, path] of changes) {
    const response = await api.inject({ method: 'PATCH', url: `/v1/webhooks/${id}`, payload });
    assert.deepEqual([response.statusCode, response.json<Problem>().errors?.[0]?.path], [400, path]);
  }
  for (const overlapSeconds of [-1, 604_801, 0.5]) {
    const payload = { overlapSeconds };
    const response = await api.inject({ method: 'POST', url: `/v1/webhooks/${id}/rotate`, payload });
    assert.deepEqual([response.statusCode, response.json<Problem>().errors?.[0]?.path], [400, '/overlapSeconds']);
  }
});

test('a tenant has 20 webhooks at most, however many are made at once', async () => {
  const answers = await Promise.all(Array.from({ length: 25 }, () => create({ url })));
  assert.equal((await api.inject({ url: '/v1/webhooks?limit=200' })).json<{ items: object[] }>().items.length, 20);
  assert.equal(answers.find(({ statusCode }) => statusCode !== 201)?.json<Problem>().code, 'quota_exceeded');
});
