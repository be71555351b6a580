/** The contract of an artifact store, held by each kind of store. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type Artifacts, openArtifacts } from '../../src/artifacts/index.js';
import { loadConfig } from '../../src/config.js';
import { TestS3 } from '../support/s3.js';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * i) % 251));

interface Store {
  artifacts: Artifacts;
  /** The file in which the store keeps an artifact. */
  fileOf(key: string): string;
}

let folder: string;
let s3: TestS3;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trainyard-artifacts-'));
  s3 = await TestS3.start();
});
after(async () => {
  await s3.stop();
  await rm(folder, { recursive: true, force: true });
});

const stores: Record<string, () => Promise<Store>> = {
  files: async () => {
    const below = join(folder, 'below');
    const config = loadConfig({ DATA_DIR: folder, ARTIFACTS_URL: pathToFileURL(below).href });
    return { artifacts: await openArtifacts(config), fileOf: (key) => join(below, key) };
  },
  S3: async () => {
    const config = loadConfig({ DATA_DIR: folder, ...s3.settings('some/prefix') });
    return { artifacts: await openArtifacts(config), fileOf: (key) => s3.fileOf('some/prefix', key) };
  },
};

for (const [name, open] of Object.entries(stores)) {
  describe(`artifacts on ${name}`, () => {
    let artifacts: Artifacts;
    let fileOf: Store['fileOf'];
    before(async () => {
      ({ artifacts, fileOf } = await open());
    });
    const read = async (key: string, range?: { start: number; end: number }) => buffer(await artifacts.get(key, range));

    test('what was put, from bytes or a stream, is read back whole, with its size and SHA-256', async () => {
      const expected = { bytes: bytes.length, sha256: sha256(bytes) };
      assert.deepEqual(await artifacts.put('whole/bytes', bytes, { sha256: expected.sha256 }), expected);
      const pieces = Readable.from([bytes.subarray(0, 7), bytes.subarray(7, 200_000), bytes.subarray(200_000)]);
      assert.deepEqual(await artifacts.put('whole/stream', pieces), expected);
      for (const key of ['whole/bytes', 'whole/stream']) {
        assert.ok(bytes.equals(await read(key)));
        assert.deepEqual(await artifacts.stat(key), { bytes: bytes.length });
        assert.ok(bytes.equals(await readFile(await artifacts.localPath(key, expected.sha256))));
      }
      assert.deepEqual(await artifacts.list('whole'), ['whole/bytes', 'whole/stream']);
      assert.deepEqual(await artifacts.put('whole/empty', new Uint8Array()), {
        bytes: 0,
        sha256: sha256(Buffer.alloc(0)),
      });
      assert.equal((await read('whole/empty')).length, 0);
    });

    test('40 MB, which take several parts, are the same from bytes and from a stream', async () => {
      const large = randomBytes(40_000_000);
      const expected = { bytes: large.length, sha256: sha256(large) };
      assert.deepEqual(await artifacts.put('large/bytes', large), expected);
      const pieces = Array.from({ length: 40 }, (_, i) => large.subarray(i * 1_000_000, (i + 1) * 1_000_000));
      assert.deepEqual(await artifacts.put('large/stream', Readable.from(pieces)), expected);
      for (const key of ['large/bytes', 'large/stream']) assert.equal(sha256(await read(key)), expected.sha256);
      await assert.rejects(artifacts.put('large/bytes', Readable.from([large, bytes])), { code: 'exists' });
    });

    test('a range has both its ends', async () => {
      await artifacts.put('range', bytes);
      for (const [start, end] of [
        [0, 1], // s3rver takes 0-0 for no range
        [100, 199],
        [bytes.length - 1, bytes.length - 1],
      ] as const) {
        assert.ok(bytes.subarray(start, end + 1).equals(await read('range', { start, end })));
      }
    });

    test('a source that fails at its start or after 20 MB, and a wrong hash, leave no artifact', async () => {
      async function* failing(length: number) {
        for (let sent = 0; sent < length; sent += bytes.length) yield bytes;
        throw new Error('connection lost');
      }
      for (const length of [1, 20_000_000]) {
        await assert.rejects(artifacts.put('failed/cut', Readable.from(failing(length))), {
          message: 'connection lost',
        });
      }
      const other = sha256(Buffer.from('x'));
      await assert.rejects(artifacts.put('failed/hash', bytes, { sha256: other }), { code: 'corrupt' });
      assert.deepEqual(await artifacts.list('failed'), []);
      assert.equal(await artifacts.stat('failed/cut'), null);
    });

    test('nothing is visible before a put has ended', async () => {
      const source = new Readable({ read() {} });
      const putting = artifacts.put('slow/artifact', source);
      for (let sent = 0; sent < 20_000_000; sent += bytes.length) source.push(bytes);
      while (source.readableLength > 0) await new Promise(setImmediate);
      assert.equal(await artifacts.stat('slow/artifact'), null);
      assert.deepEqual(await artifacts.list('slow'), []);
      source.push(null);
      await putting;
      assert.deepEqual(await artifacts.list('slow'), ['slow/artifact']);
    });

    test('of 10 concurrent puts to one key, those with the first’s bytes succeed and the others are `exists`', async () => {
      const puts = Array.from({ length: 10 }, (_, i) => artifacts.put('raced', Buffer.from(i % 2 ? 'odd' : 'even')));
      const results = await Promise.allSettled(puts);
      const stored = (await read('raced')).toString();
      for (const [i, result] of results.entries()) {
        if (stored === (i % 2 ? 'odd' : 'even')) assert.equal(result.status, 'fulfilled');
        else assert.equal(result.status === 'rejected' && result.reason.code, 'exists');
      }
    });

    test('what was damaged in the store is `corrupt`, an absent artifact `missing`', async () => {
      const bytes = randomBytes(100_000);
      const flipped = Buffer.from(bytes);
      flipped[50_000]! ^= 1;
      await artifacts.put('checked', bytes);
      await assert.rejects(artifacts.localPath('checked', sha256(flipped)), { code: 'corrupt' });
      for (const damaged of [flipped, bytes.subarray(0, -1), Buffer.alloc(0)]) {
        await writeFile(fileOf('checked'), damaged);
        await assert.rejects(artifacts.localPath('checked', sha256(bytes)), { code: 'corrupt' });
      }
      await assert.rejects(artifacts.localPath('absent', sha256(bytes)), { code: 'missing' });
      await assert.rejects(artifacts.get('absent'), { code: 'missing' });
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
      const bad = [
        '',
        '/',
        '/a',
        'a/',
        'a//b',
        '.',
        '..',
        'a/..',
        'a/../b',
        '.hidden',
        'a\\b',
        'a\0',
        'a b',
        'a:b',
        'ä',
      ];
      for (const key of [...bad, 'x'.repeat(201)]) {
        await assert.rejects(artifacts.put(key, bytes), { code: 'invalid_key' }, key);
        await assert.rejects(artifacts.removeAll(key), { code: 'invalid_key' }, key);
        await assert.rejects(artifacts.get(key), { code: 'invalid_key' }, key);
        await assert.rejects(artifacts.localPath(key, sha256(bytes)), { code: 'invalid_key' }, key);
      }
    });
  });
}

test('a failed put leaves no temporary file in its folder', async () => {
  const { artifacts, fileOf } = await stores['files']!();
  await assert.rejects(artifacts.put('gone/hash', bytes, { sha256: sha256(Buffer.from('x')) }), { code: 'corrupt' });
  assert.deepEqual(await readdir(fileOf('gone')), []);
});

test('a list on S3 goes on past its pages', async (t) => {
  // s3rver encrypts the name of the next page with a cipher that OpenSSL 3 has no more.
  const pages: Record<string, [key: string, next: string]> = { '': ['c', '2'], '2': ['a', '3'], '3': ['b', ''] };
  const server = createServer(({ url }, response) => {
    const [key, next] = pages[new URL(url!, 'http://s3').searchParams.get('continuation-token') ?? '']!;
    const token = next && `<NextContinuationToken>${next}</NextContinuationToken>`;
    const contents = `<Contents><Key>some/prefix/many/${key}</Key></Contents>`;
    response.end(`<?xml version="1.0"?><ListBucketResult>${contents}${token}</ListBucketResult>`);
  }).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const settings = { ...s3.settings('some/prefix'), S3_ENDPOINT: `http://127.0.0.1:${port}` };
  const artifacts = await openArtifacts(loadConfig({ DATA_DIR: folder, ...settings }));
  assert.deepEqual(await artifacts.list('many'), ['many/a', 'many/b', 'many/c']);
});

test('a store that does not answer is `unavailable`', async () => {
  const settings = { ...s3.settings('x'), S3_ENDPOINT: 'http://127.0.0.1:1' };
  const artifacts = await openArtifacts(loadConfig({ DATA_DIR: folder, ...settings }));
  await assert.rejects(artifacts.put('key', bytes), { code: 'unavailable' });
  await assert.rejects(artifacts.get('key'), { code: 'unavailable' });
});
