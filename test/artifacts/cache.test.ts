import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, test } from 'node:test';
import { LocalCache, localPathMs } from '../../src/artifacts/cache.js';

const file = (letter: string) => Buffer.alloc(1000, letter);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let folder: string;
let fetched: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trainyard-cache-'));
  fetched = [];
});
afterEach(() => rm(folder, { recursive: true }));

const ask = (cache: LocalCache, letter: string) =>
  cache.path(sha256(file(letter)), letter, async () => {
    fetched.push(letter);
    return Readable.from([file(letter).subarray(0, 300), file(letter).subarray(300)]);
  });

/** As if it had been asked for so long ago. */
async function age(path: string, minutes: number): Promise<void> {
  const then = new Date(Date.now() - localPathMs - minutes * 60_000);
  await utimes(path, then, then);
}

test('10 who ask at once fetch a file once, and later ones find it', async () => {
  const cache = new LocalCache(folder, 10_000);
  const paths = await Promise.all(Array.from({ length: 10 }, () => ask(cache, 'a')));
  assert.equal(new Set(paths).size, 1);
  assert.deepEqual(await readFile(await ask(new LocalCache(folder, 10_000), 'a')), file('a'));
  assert.deepEqual(fetched, ['a']);
});

test('10 processes that fetch one file at once each have it whole, and leave one', async () => {
  const caches = Array.from({ length: 10 }, () => new LocalCache(folder, 10_000));
  for (const path of await Promise.all(caches.map((cache) => ask(cache, 'a')))) {
    assert.deepEqual(await readFile(path), file('a'));
  }
  assert.deepEqual(await readdir(folder), [sha256(file('a'))]);
});

test('a file that was damaged on disk is fetched again; one that arrives damaged or cut off is not kept', async () => {
  const cache = new LocalCache(folder, 10_000);
  await writeFile(await ask(cache, 'a'), file('a').subarray(1));
  assert.deepEqual(await readFile(await ask(cache, 'a')), file('a'));
  assert.deepEqual(fetched, ['a', 'a']);

  const wrong = () => Promise.resolve(Readable.from([file('b').subarray(1)]));
  await assert.rejects(cache.path(sha256(file('b')), 'b', wrong), { code: 'corrupt' });
  const cut = async () =>
    Readable.from(
      (async function* () {
        yield file('b').subarray(1);
        throw new Error('connection lost');
      })(),
    );
  await assert.rejects(cache.path(sha256(file('b')), 'b', cut), { message: 'connection lost' });
  assert.deepEqual(await readdir(folder), [sha256(file('a'))]);
});

test('what was asked for last goes last, and what is in use goes not at all, full or not', async () => {
  const cache = new LocalCache(folder, 2500);
  for (const letter of ['a', 'b', 'c']) await ask(cache, letter);
  assert.equal((await readdir(folder)).length, 3, 'all three were asked for just now');
  await age(await ask(cache, 'a'), 1);
  await age(await ask(cache, 'b'), 3);
  await age(await ask(cache, 'c'), 2);
  await ask(cache, 'd');
  assert.deepEqual((await readdir(folder)).sort(), [sha256(file('a')), sha256(file('d'))].sort());
});
