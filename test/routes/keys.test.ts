/** Keys: what each scope may do, that no tenant reaches another's, sessions, limits, the audit log. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { asksForKeys, scopeOf } from '../../src/plugins/keys.js';
import type { Job } from '../../src/schemas/job.js';
import { type Key, type NewKey, type Scope, scopes } from '../../src/schemas/key.js';
import type { Checkpoint } from '../../src/schemas/run.js';
import { createServices } from '../../src/services/index.js';
import { consumerOf } from '../run/support.js';
import type { Problem } from './problem-body.js';
import { csv, penguins, specOf, startApi, type TestApi, uploadRequest } from './support.js';

let api: TestApi;
/** Of tenant `ours`, by scope; `theirs` is another tenant's, which may do everything. */
const keys = {} as Record<Scope | 'theirs', NewKey>;
/** What tenant `ours` has, by the part of the path behind /v1/. */
const owned: Record<string, string> = {};

const as = (key: string, options: InjectOptions): InjectOptions => ({
  ...options,
  headers: { ...options.headers, authorization: `Bearer ${key}` },
});

before(async () => {
  api = await startApi({ KEYS: 'required' });
  const { keys: service } = createServices(api.parts);
  for (const scope of scopes) keys[scope] = await service.create({ tenantId: 'ours', name: scope, scope });
  keys.theirs = await service.create({ tenantId: 'theirs', name: 'theirs', scope: 'admin' });

  const post = async <T>(options: InjectOptions): Promise<T> =>
    (await api.inject(as(keys.submit.key, options))).json<T>();
  const dataset = await post<{ id: string }>(uploadRequest(csv(await penguins())));
  const payload = specOf(dataset, { training: { epochs: 2 } });
  const job = await post<Job>({ method: 'POST', url: '/v1/jobs', payload });
  await (await consumerOf(api.parts)).run({ jobId: job.id, generation: 1 });
  const { items } = await post<{ items: Checkpoint[] }>({ url: `/v1/jobs/${job.id}/checkpoints` });
  const { result } = await post<Job>({ url: `/v1/jobs/${job.id}` });
  Object.assign(owned, { datasets: dataset.id, jobs: job.id, checkpoints: items[0]!.id, models: result!.modelId });
  owned['keys'] = keys.read.id;
  const swept = await post<{ id: string }>({ method: 'POST', url: '/v1/sweeps', payload: sweepOf(dataset) });
  owned['sweeps'] = swept.id;
  const { webhooks } = createServices(api.parts);
  const webhook = await webhooks.create({ tenantId: 'ours', url: 'https://hooks.example', events: ['state'] });
  const delivery = await webhooks.test({ tenantId: 'ours', id: webhook.id });
  Object.assign(owned, { webhooks: webhook.id, deliveries: delivery.id });
});

const sweepOf = (dataset: { id: string }) => ({
  job: specOf(dataset),
  parameters: { '/optimizer/learningRate': { type: 'choice', values: [0.01, 0.001] } },
  method: { type: 'grid' },
  budget: { trials: 2 },
});
const absent = `job_${'0'.repeat(26)}`;

/** Every operation below /v1, as a request for what `ours` has, that is well-formed. */
function* operations(): Generator<{ at: string; needed: Scope; request: InjectOptions; isOfOne: boolean }> {
  const rows = { rows: [{ island: 'Dream' }] };
  const bodies: Record<string, object> = {
    createJob: specOf({ id: owned['datasets']! }),
    planJob: specOf({ id: owned['datasets']! }),
    tryRemedies: { steps: 1 },
    editTraining: { learningRate: 0.1 },
    createSweep: sweepOf({ id: owned['datasets']! }),
    updateCheckpoint: { pinned: false },
    predict: rows,
    evaluateModel: { datasetId: owned['datasets'] },
    registerModel: { name: 'penguins', from: owned['jobs']! },
    generate: { prompt: 'a' },
    createKey: { name: 'more', scope: 'read' },
    createWebhook: { url: 'https://hooks.example' },
    updateWebhook: { enabled: true },
  };
  const admin = new Set(['createKey', 'listKeys', 'revokeKey', 'listAudit', 'redeliver']);
  const looking = new Set(['planJob', 'predict', 'generate', 'evaluateModel']);
  const open = new Set(['openSession', 'closeSession']);
  const { paths = {} } = api.app.swagger() as unknown as {
    paths?: Record<string, Record<string, { operationId: string }>>;
  };
  for (const [path, methods] of Object.entries(paths)) {
    for (const [verb, { operationId }] of Object.entries(methods)) {
      if (!path.startsWith('/v1/') || open.has(operationId)) continue;
      const method = verb.toUpperCase() as 'GET';
      const by: Scope = method === 'GET' || looking.has(operationId) ? 'read' : 'submit';
      const kind = path.split('/')[2]!;
      const query = operationId === 'compareJobs' ? `?ids=${owned['jobs']},${absent}` : '';
      yield {
        at: `${method} ${path}`,
        needed: admin.has(operationId) || kind === 'webhooks' ? 'admin' : by,
        request: {
          method,
          url: path.replace('{id}', owned[kind] ?? '').replace('{alias}', 'prod') + query,
          ...(bodies[operationId] && { payload: bodies[operationId] }),
        },
        isOfOne: path.includes('{id}'),
      };
    }
  }
}

test('every route wants a key, and one whose scope suffices', async () => {
  for (const { at, needed, request } of operations()) {
    const without = await api.inject(request);
    assert.deepEqual([without.statusCode, without.headers['www-authenticate']], [401, 'Bearer'], at);
    for (const scope of scopes.slice(0, scopes.indexOf(needed))) {
      const refused = await api.inject(as(keys[scope].key, request));
      assert.equal(refused.statusCode, 403, `${at} with ${scope}`);
      assert.match(refused.json<Problem>().detail, new RegExp(`scope is ${scope}; this needs ${needed}`));
    }
  }
});

test('what one tenant has is not there for another, on any route', async () => {
  for (const { at, request, isOfOne } of operations()) {
    const response = await api.inject(as(keys.theirs.key, request));
    if (isOfOne) assert.equal(response.statusCode, 404, `${at}: ${response.body}`);
    else
      for (const id of Object.values(owned))
        assert.ok(!response.body.includes(`"id":"${id}"`), `${at}: ${response.body}`);
  }
});

test('a sufficient scope is never refused for being one', async () => {
  const last = (method: unknown) => (method === 'DELETE' ? 1 : 0);
  const all = [...operations()].sort((a, b) => last(a.request.method) - last(b.request.method));
  for (const { at, needed, request } of all) {
    const { statusCode, body } = await api.inject(as(keys[needed === 'read' ? 'submit' : needed].key, request));
    assert.ok(![401, 403].includes(statusCode), `${at}: ${body}`);
  }
});

test('a key is shown once, listed without its secret, and opens nothing once it is revoked or has expired', async () => {
  const soon = new Date(Date.now() + 1500).toISOString();
  const payload = { name: 'ci', scope: 'read', expiresAt: soon };
  const made = (await api.inject(as(keys.admin.key, { method: 'POST', url: '/v1/keys', payload }))).json<NewKey>();
  const read = (key: string) => api.inject(as(key, { url: '/v1/jobs' }));
  assert.equal((await read(made.key)).statusCode, 200);
  const listed = await api.inject(as(keys.admin.key, { url: '/v1/keys' }));
  const [first] = listed.json<{ items: Key[] }>().items;
  assert.deepEqual([first?.id, first?.prefix], [made.id, made.key.slice(0, 9)]);
  assert.ok(first?.lastUsedAt !== null && !listed.body.includes(made.key));
  while (Date.now() < Date.parse(soon)) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal((await read(made.key)).statusCode, 401, 'expired');

  const other = (
    await api.inject(as(keys.admin.key, { method: 'POST', url: '/v1/keys', payload: { name: 'x', scope: 'read' } }))
  ).json<NewKey>();
  await api.inject(as(keys.admin.key, { method: 'DELETE', url: `/v1/keys/${other.id}` }));
  assert.equal((await read(other.key)).statusCode, 401, 'revoked');
  for (const wrong of ['ty_', `${keys.admin.key}x`, keys.admin.key.slice(0, -1), 'ä', `${keys.admin.key} x`]) {
    assert.equal((await read(wrong)).statusCode, 401, wrong);
  }
});

test('names what is wrong with the request for a key', async () => {
  const wrong: [payload: object, path: string][] = [
    [{ name: 'a' }, '/scope'],
    [{ name: '', scope: 'read' }, '/name'],
    [{ name: 'a', scope: 'root' }, '/scope'],
    [{ name: 'a', scope: 'read', expiresAt: 'soon' }, '/expiresAt'],
    [{ name: 'a', scope: 'read', expiresAt: '2020-01-01T00:00:00Z' }, '/expiresAt'],
    [{ name: 'a', scope: 'read', tenantId: 'b' }, '/tenantId'],
  ];
  for (const [payload, path] of wrong) {
    const response = await api.inject(as(keys.admin.key, { method: 'POST', url: '/v1/keys', payload }));
    assert.equal(response.statusCode, 400, response.body);
    assert.equal(response.json<Problem>().errors?.[0]?.path, path);
  }
});

test('a session keeps the key in a cookie that scripts cannot read and other sites cannot send', async () => {
  const open = (key: string) => api.inject({ method: 'POST', url: '/v1/session', payload: { key } });
  assert.equal((await open('ty_wrong')).statusCode, 401);
  const cookieOf = (response: LightMyRequestResponse) => String(response.headers['set-cookie']);
  const set = cookieOf(await open(keys.submit.key));
  assert.equal(set, `trainyard_key=${keys.submit.key}; Path=/; HttpOnly; SameSite=Strict`);
  const cookie = `theme=dark; ${set.split(';')[0]}`;
  assert.equal((await api.inject({ url: '/v1/jobs', headers: { cookie } })).statusCode, 200);
  const closed = cookieOf(await api.inject({ method: 'DELETE', url: '/v1/session' }));
  assert.match(closed, /^trainyard_key=;.*Max-Age=0$/);
});

test('the audit log has each change with its key and its answer, refused ones included, and no reading', async () => {
  const lone = (
    await api.inject(as(keys.admin.key, { method: 'POST', url: '/v1/keys', payload: { name: 'l', scope: 'read' } }))
  ).json<NewKey>();
  await api.inject(as(lone.key, { url: '/v1/jobs' }));
  const refused = await api.inject(
    as(lone.key, { method: 'POST', url: '/v1/keys?x=1', payload: { name: 'm', scope: 'admin' } }),
  );
  assert.equal(refused.statusCode, 403);
  const list = async () => {
    const { items } = (await api.inject(as(keys.admin.key, { url: '/v1/audit' }))).json<{
      items: Record<string, unknown>[];
    }>();
    return items.filter(({ keyId }) => keyId === lone.id);
  };
  let entries = await list();
  while (entries.length === 0) entries = await list(); // written behind the answer
  assert.equal(entries.length, 1);
  const { at: _, requestId, ...entry } = entries[0]!;
  assert.deepEqual(entry, { keyId: lone.id, method: 'POST', path: '/v1/keys', status: 403 });
  assert.equal(requestId, refused.headers['x-request-id']);
});

test('a key may make so many requests a minute, is told how many are left, and then when to come back', async () => {
  const limited = await startApi({ KEYS: 'required', REQUESTS_PER_MINUTE: '3' });
  const { keys: service } = createServices(limited.parts);
  const [one, other] = [
    await service.create({ tenantId: 'a', name: 'one', scope: 'read' }),
    await service.create({ tenantId: 'a', name: 'other', scope: 'read' }),
  ];
  const read = (key: string) => limited.inject(as(key, { url: '/v1/jobs' }));
  const first = await read(one.key);
  assert.equal(first.headers['ratelimit-policy'], '"key";q=3;w=60');
  assert.match(String(first.headers['ratelimit']), /^"key";r=2;t=(59|60)$/);
  await read(one.key);
  await read(one.key);
  const over = await read(one.key);
  assert.deepEqual([over.statusCode, over.json<Problem>().code], [429, 'rate_limited']);
  assert.match(String(over.headers['retry-after']), /^([1-5]?\d|60)$/);
  assert.equal((await read(other.key)).statusCode, 200);
});

test('keys are asked for where the address is not loopback, unless the configuration says otherwise', () => {
  assert.equal(asksForKeys({ keys: 'auto', host: '127.0.0.1' }), false);
  assert.equal(asksForKeys({ keys: 'auto', host: '0.0.0.0' }), true);
  assert.equal(asksForKeys({ keys: 'none', host: '0.0.0.0' }), false);
  assert.equal(asksForKeys({ keys: 'required', host: '127.0.0.1' }), true);
  assert.equal(scopeOf({ method: ['GET', 'POST'] }), 'submit');
});

test('npm run keys makes the first key of a tenant, lists and revokes it, and sets a quota', async () => {
  const program = fileURLToPath(new URL('../../src/manage-keys.js', import.meta.url));
  const { databaseUrl, namespace } = api.config;
  const env = { ...process.env, DATABASE_URL: databaseUrl, NAMESPACE: namespace };
  const run = async (...args: string[]) =>
    JSON.parse((await promisify(execFile)(process.execPath, [program, ...args], { env })).stdout);
  const made = (await run('create', '--tenant', 'acme', '--name', 'ops')) as NewKey;
  assert.equal(made.scope, 'admin');
  assert.equal((await api.inject(as(made.key, { url: '/v1/keys' }))).json<{ items: Key[] }>().items[0]?.id, made.id);
  assert.equal((await run('list', '--tenant', 'acme')).length, 1);
  await assert.rejects(run('revoke', made.id), /There is no key/);
  await run('revoke', made.id, '--tenant', 'acme');
  assert.equal((await api.inject(as(made.key, { url: '/v1/keys' }))).statusCode, 401);
  const quota = await run('quota', '--tenant', 'acme', '--jobs', '2', '--bytes', '1000');
  assert.deepEqual(quota, { tenantId: 'acme', activeJobs: 2, bytes: 1000, steps: null });
  await assert.rejects(run('quota', '--jobs', 'two'), /--jobs: expected a whole number, got two/);
  await assert.rejects(run('make'), /expected create --name …, list, revoke key_…, or quota/);
  await assert.rejects(run('create', '--name', 'a', '--scope', 'root'), /--scope read, submit or admin/);
});
