/** Checkpoints over HTTP: verified, pinned, deleted, and what is answered when a file is damaged. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rename, rm, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { before, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { checkpointKey } from '../../src/artifacts/keys.js';
import type { Checkpoint } from '../../src/schemas/run.js';
import { insertCheckpoint } from '../../src/store/checkpoints.js';
import { newId } from '../../src/store/ids.js';
import type { ClaimedJob } from '../../src/store/runs.js';
import { addRun } from '../support/rows.js';
import type { Problem } from './problem-body.js';
import { startApi, type TestApi } from './support.js';

const fileBytes = 8 * 2 ** 20; // more than sockets buffer

let api: TestApi;
let url: string;
let run: ClaimedJob;
before(async () => {
  api = await startApi({ MAX_CHECKPOINT_BYTES: String(fileBytes * 1.5) });
  url = await api.app.listen({ port: 0 });
});
beforeEach(async () => {
  run = await addRun(api.db);
});

/** A checkpoint with its file, at `step`. */
async function add(step: number): Promise<{ id: string; path: string }> {
  const [id, file] = [newId('checkpoint'), randomBytes(fileBytes)];
  const { id: jobId, epoch } = run;
  const sha256 = createHash('sha256').update(file).digest('hex');
  const artifactKey = checkpointKey({ jobId, epoch, step, sha256 });
  await api.parts.artifacts.put(artifactKey, file);
  await insertCheckpoint(api.db, {
    ...{ jobId, epoch, id, step, trainingEpoch: 1, kind: 'periodic', best: true },
    ...{ artifactKey, bytes: file.length, sha256, metrics: {} },
  });
  return { id, path: join(fileURLToPath(api.config.artifactsUrl), artifactKey) };
}

const read = async (id: string, query = '') =>
  (await api.inject({ url: `/v1/checkpoints/${id}${query}` })).json<Checkpoint>();

/** A download that has begun; the API sheds load while the machine lags. */
async function download(id: string): Promise<IncomingMessage> {
  for (;;) {
    const [response] = (await once(get(`${url}/v1/checkpoints/${id}/file`), 'response')) as [IncomingMessage];
    if (response.statusCode !== 503) return response;
    response.resume();
    await sleep(100);
  }
}

const pin = (id: string, pinned: boolean) =>
  api.inject({ method: 'PATCH', url: `/v1/checkpoints/${id}`, payload: { pinned } });

async function remove(id: string): Promise<[status: number, code: string | undefined]> {
  const response = await api.inject({ method: 'DELETE', url: `/v1/checkpoints/${id}` });
  return [response.statusCode, response.statusCode === 204 ? undefined : response.json<Problem>().code];
}

test('a checkpoint is verified when it is written, and again when that is asked for', async () => {
  const { id, path } = await add(1);
  const written = (await read(id)).verified;
  assert.equal(written.ok, true);
  const again = (await read(id, '?verify=true')).verified;
  assert.ok(again.ok && again.at > written.at);
  await writeFile(path, randomBytes(fileBytes));
  assert.equal((await read(id, '?verify=false')).verified.ok, true, 'nobody has looked');
  assert.equal((await read(id, '?verify=true')).verified.ok, false);
  assert.equal((await read(id)).verified.ok, false);
  assert.equal((await api.inject({ url: `/v1/checkpoints/${id}?verify=yes` })).statusCode, 400);
});

test('a damaged file is 410 once it is known, and a download that finds it breaks off before its end', async () => {
  const flipped = await add(1);
  await writeFile(flipped.path, randomBytes(fileBytes));
  await assert.rejects(buffer(await download(flipped.id)), { code: 'ECONNRESET' });
  while ((await read(flipped.id)).verified.ok) await sleep(10);

  const [cut, gone] = [await add(2), await add(3)];
  await writeFile(cut.path, randomBytes(fileBytes - 1));
  await rm(gone.path);
  for (const { id } of [flipped, cut, gone]) {
    const answer = await api.inject({ url: `/v1/checkpoints/${id}/file` });
    assert.deepEqual([answer.statusCode, answer.json<Problem>().code], [410, 'checkpoint_damaged']);
    assert.equal((await read(id)).verified.ok, false);
  }
});

test('while the store is not mounted, a checkpoint is 503 and not held to be damaged', async () => {
  const { id } = await add(1);
  const folder = fileURLToPath(api.config.artifactsUrl);
  await rename(folder, `${folder}.away`);
  for (const path of [`/v1/checkpoints/${id}/file`, `/v1/checkpoints/${id}?verify=true`]) {
    assert.equal((await api.inject({ url: path })).statusCode, 503);
  }
  await rename(`${folder}.away`, folder);
  assert.equal((await read(id)).verified.ok, true);
  assert.equal((await api.inject({ url: `/v1/checkpoints/${id}/file` })).statusCode, 200);
});

test('a pinned one is not deleted; pins beyond MAX_CHECKPOINT_BYTES are 409', async () => {
  const [first, second] = [await add(1), await add(2)];
  assert.equal((await pin(first.id, true)).json<Checkpoint>().pinned, true);
  assert.deepEqual(await remove(first.id), [409, 'in_use']);
  const refused = await pin(second.id, true);
  assert.deepEqual([refused.statusCode, refused.json<Problem>().code], [409, 'quota_exceeded']);
  assert.equal((await pin(first.id, false)).json<Checkpoint>().pinned, false);
  assert.deepEqual(await remove(first.id), [204, undefined]);
  assert.deepEqual(await remove(first.id), [404, 'not_found']);
  assert.equal((await pin(first.id, true)).statusCode, 404);
});

test('the last sound one is 409 to delete; once it is damaged, the one before is', async () => {
  const [first, second] = [await add(1), await add(2)];
  assert.deepEqual(await remove(second.id), [409, 'in_use']);
  await writeFile(second.path, 'x');
  await read(second.id, '?verify=true');
  assert.deepEqual(await remove(first.id), [409, 'in_use']);
  assert.deepEqual(await remove(second.id), [204, undefined]);
});

test('one that is being downloaded is 409 to delete, until the download has ended or was given up', async () => {
  const { id } = await add(1);
  await add(2);
  for (const giveUp of [true, false]) {
    const response = await download(id);
    assert.deepEqual(await remove(id), [409, 'in_use']);
    if (giveUp) response.destroy();
    else assert.equal((await buffer(response)).length, fileBytes);
    if (giveUp)
      while ((await api.db.selectFrom('checkpointReaders').select('id').execute()).length > 0) await sleep(10);
  }
  while ((await remove(id))[0] !== 204) await sleep(10);
});
