/** The contract of an artifact store, held by each kind of store. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type Artifacts, openArtifacts } from '../../src/artifacts/index.js';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * i) % 251));

describe('artifacts as files', () => {
  let folder: string;
  let artifacts: Artifacts;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trainyard-artifacts-'));
    artifacts = openArtifacts({ artifactsUrl: pathToFileURL(join(folder, 'below')).href });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  test('what was put, from bytes or a stream, is read back whole, with its size and SHA-256', async () => {
    const expected = { bytes: bytes.length, sha256: sha256(bytes) };
    assert.deepEqual(await artifacts.put('whole/bytes', bytes, { sha256: expected.sha256 }), expected);
    const pieces = Readable.from([bytes.subarray(0, 7), bytes.subarray(7, 200_000), bytes.subarray(200_000)]);
    assert.deepEqual(await artifacts.put('whole/stream', pieces), expected);
    for (const key of ['whole/bytes', 'whole/stream']) {
      assert.ok(bytes.equals(await buffer(artifacts.get(key))));
      assert.deepEqual(await artifacts.stat(key), { bytes: bytes.length });
      assert.ok(bytes.equals(await readFile(await artifacts.localPath(key, expected.sha256))));
    }
    assert.deepEqual(await artifacts.list('whole'), ['whole/bytes', 'whole/stream']);
    assert.deepEqual(await artifacts.put('whole/empty', new Uint8Array()), {
      bytes: 0,
      sha256: sha256(Buffer.alloc(0)),
    });
  });

  test('a range has both its ends', async () => {
    await artifacts.put('range', bytes);
    for (const [start, end] of [
      [0, 0],
      [100, 199],
      [bytes.length - 1, bytes.length - 1],
    ] as const) {
      assert.ok(bytes.subarray(start, end + 1).equals(await buffer(artifacts.get('range', { start, end }))));
    }
  });

  test('a source that fails and a wrong hash leave nothing: no artifact, no temporary file', async () => {
    async function* failing() {
      yield bytes;
      throw new Error('connection lost');
    }
    await assert.rejects(artifacts.put('failed/cut', Readable.from(failing())), { message: 'connection lost' });
    await assert.rejects(artifacts.put('failed/hash', bytes, { sha256: sha256(Buffer.from('x')) }), {
      code: 'corrupt',
    });
    assert.deepEqual(await artifacts.list('failed'), []);
    assert.equal(await artifacts.stat('failed/cut'), null);
    assert.deepEqual(await readdir(join(folder, 'below', 'failed')), []);
  });

  test('nothing is visible before a put has ended', async () => {
    const source = new Readable({ read() {} });
    const putting = artifacts.put('slow/artifact', source);
    source.push(bytes);
    while ((await readdir(join(folder, 'below', 'slow')).catch(() => [])).length === 0);
    assert.equal(await artifacts.stat('slow/artifact'), null);
    assert.deepEqual(await artifacts.list('slow'), []);
    source.push(null);
    await putting;
    assert.deepEqual(await artifacts.list('slow'), ['slow/artifact']);
  });

  test('of 10 concurrent puts to one key, those with the first’s bytes succeed and the others are `exists`', async () => {
    const puts = Array.from({ length: 10 }, (_, i) => artifacts.put('raced', Buffer.from(i % 2 ? 'odd' : 'even')));
    const results = await Promise.allSettled(puts);
    const stored = (await buffer(artifacts.get('raced'))).toString();
    for (const [i, result] of results.entries()) {
      if (stored === (i % 2 ? 'odd' : 'even')) assert.equal(result.status, 'fulfilled');
      else assert.equal(result.status === 'rejected' && result.reason.code, 'exists');
    }
  });

  test('a flipped bit is `corrupt`, an absent artifact `missing` and its stream fails', async () => {
    await artifacts.put('checked', bytes);
    await assert.rejects(artifacts.localPath('checked', sha256(Buffer.from('other'))), { code: 'corrupt' });
    await assert.rejects(artifacts.localPath('absent', sha256(bytes)), { code: 'missing' });
    await assert.rejects(buffer(artifacts.get('absent')), { code: 'ENOENT' });
    assert.equal(await artifacts.stat('absent'), null);
    assert.deepEqual(await artifacts.list('absent'), []);
  });

  test('remove and removeAll take what they name and no more; what is absent is removed already', async () => {
    for (const key of ['jobs/a/1/x', 'jobs/a/2/y', 'jobs/ab/1/z']) await artifacts.put(key, bytes);
    await artifacts.remove('jobs/a/1/x');
    await artifacts.remove('jobs/a/1/x');
    assert.deepEqual(await artifacts.list('jobs'), ['jobs/a/2/y', 'jobs/ab/1/z']);
    await artifacts.removeAll('jobs/a');
    await artifacts.removeAll('jobs/a');
    assert.deepEqual(await artifacts.list('jobs'), ['jobs/ab/1/z']);
  });

  test('no key leads out of the store, to a temporary file or to a name that some system cannot hold', async () => {
    const bad = ['', '/', '/a', 'a/', 'a//b', '.', '..', 'a/..', 'a/../b', '.hidden', 'a\\b', 'a\0', 'a b', 'a:b', 'ä'];
    for (const key of [...bad, 'x'.repeat(201)]) {
      await assert.rejects(artifacts.put(key, bytes), { code: 'invalid_key' }, key);
      await assert.rejects(artifacts.removeAll(key), { code: 'invalid_key' }, key);
      assert.throws(() => artifacts.get(key), { code: 'invalid_key' }, key);
    }
  });

  test('the marker is the same for all who open the store at once, and another store has another', async () => {
    const url = pathToFileURL(join(folder, 'marked')).href;
    const markers = await Promise.all(Array.from({ length: 5 }, () => openArtifacts({ artifactsUrl: url }).marker()));
    assert.equal(new Set(markers).size, 1);
    assert.notEqual(await artifacts.marker(), markers[0]);
  });
});
