/** Junk over HTTP: every malformed or hostile file is 4xx and says where; its reader's memory is bounded; nothing stays. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { createGzip, gzipSync } from 'node:zlib';
import { png, pngOf, tar, zip } from '../data/archives/support.js';
import { npy, npz } from '../data/numpy/support.js';
import type { Problem } from './problem-body.js';
import { startApi, type TestApi, uploadRequest } from './support.js';

const GiB = 2 ** 30;

let api: TestApi;
let watch: NodeJS.Timeout;
/** Bytes of the largest ingest process so far. */
let peak = 0;

/** Peak resident bytes of each of this process's children. */
function measureChildren(): void {
  for (const thread of readdirSync('/proc/self/task')) {
    const children = readFileSync(`/proc/self/task/${thread}/children`, 'utf8').split(' ').filter(Boolean);
    for (const child of children) {
      try {
        const status = readFileSync(`/proc/${child}/status`, 'utf8');
        peak = Math.max(peak, 1024 * Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
      } catch {
        // it has ended meanwhile
      }
    }
  }
}

before(async () => {
  api = await startApi();
  watch = setInterval(measureChildren, 20);
});
after(() => clearInterval(watch));

const image = png('grey', [1, 1], [0]);
const wide = (columns: number) => {
  const line = (cell: (at: number) => string) => `${Array.from({ length: columns }, (_, at) => cell(at)).join()}\n`;
  return Buffer.from(line((at) => `c${at}`) + line(() => '1'));
};

interface Junk {
  fileName: string;
  content: () => Buffer | Promise<Buffer>;
  code: string;
  /** What the error says of the place. */
  where?: { row?: number; column?: string; entry?: string };
}
const junk: Record<string, Junk> = {
  'NUL bytes': {
    fileName: 'a.csv',
    content: () => Buffer.from('a,b\n1,2\n3,\0\n'),
    code: 'nul_byte',
    where: { row: 3 },
  },
  'mixed line ends around a short row': {
    ...{ fileName: 'a.csv', content: () => Buffer.from('a,b\r\n1,2\r3,4\n\r\n5\n'), code: 'ragged_row' },
    where: { row: 5, column: 'b' },
  },
  'a million columns': { fileName: 'a.csv', content: () => wide(1e6), code: 'too_many_columns', where: { row: 1 } },
  'Latin-1': {
    ...{ fileName: 'a.csv', content: () => Buffer.from('a,b\n1,caf\xe9\n', 'latin1'), code: 'invalid_utf8' },
    where: { row: 2, column: 'b' },
  },
  'a quote that is never closed': {
    ...{ fileName: 'a.csv', content: () => Buffer.from(`a,b\n1,"2\n${'3,4\n'.repeat(1e5)}`), code: 'unclosed_quote' },
    where: { row: 2 },
  },
  'a gzip bomb': { fileName: 'a.csv.gz', content: () => gzipped(GiB), code: 'dataset_too_large' },
  'a zip bomb': {
    ...{
      fileName: 'a.zip',
      content: () => zip([{ name: 'a/1.png', content: Buffer.alloc(2 ** 26) }]),
      code: 'dataset_too_large',
    },
    where: { entry: 'a/1.png' },
  },
  'a PNG of 30,000 × 30,000': {
    ...{ fileName: 'a.zip', code: 'too_many_pixels', where: { entry: 'a/1.png' } },
    content: async () => zip([{ name: 'a/1.png', content: pngOf('grey', [30_000, 30_000], gzipSync('')) }]),
  },
  'a name that leads out of a tar': {
    ...{ fileName: 'a.tar', code: 'invalid_archive', where: { entry: '../../a/1.png' } },
    content: () => tar([{ name: '../../a/1.png', content: image }]),
  },
  'a truncated Parquet file': {
    fileName: 'a.parquet',
    content: () => Buffer.from('PAR1\0\0\0\0PAR'),
    code: 'unreadable_dataset',
  },
  'a truncated zip': {
    ...{ fileName: 'a.zip', code: 'invalid_archive' },
    content: () => zip([{ name: 'a/1.png', content: image }]).subarray(0, -10),
  },
  'a truncated tar': {
    ...{ fileName: 'a.tar', code: 'invalid_archive' },
    content: async () => (await tar([{ name: 'a/1.png', content: image }])).subarray(0, 1024),
  },
  'a truncated npz': {
    ...{ fileName: 'a.npz', code: 'invalid_archive' },
    content: () => npz({ x: npy([1, 1], [1]) }).subarray(0, -10),
  },
  'an npz whose array is truncated': {
    ...{ fileName: 'a.npz', code: 'invalid_numpy', where: { entry: 'x' } },
    content: () => npz({ x: npy([2, 1], [1]) }),
  },
};

/** So many zeros in gzip, made without holding them. */
const gzipped = (bytes: number): Promise<Buffer> =>
  buffer(Readable.from(repeated(Buffer.alloc(2 ** 20, '0'), bytes)).pipe(createGzip({ level: 9 })));

function* repeated(block: Buffer, bytes: number): Generator<Buffer> {
  for (let sent = 0; sent < bytes; sent += block.length) yield block;
}

for (const [title, { fileName, content, code, where = {} }] of Object.entries(junk)) {
  test(`${title}: 422 that says where, in less than 1 GiB, and nothing stays`, async () => {
    const before = await api.traces();
    const response = await api.inject(uploadRequest({ name: 'file', content: await content(), fileName }));
    const [error] = response.json<Problem>().errors ?? [];
    assert.deepEqual([response.statusCode, error?.code], [422, code], response.body);
    assert.deepEqual({ ...error, ...where }, error);
    assert.deepEqual(await api.traces(), before);
    assert.ok(peak > 0 && peak < GiB, `${peak} bytes`);
  });
}

test('a line of 1 GiB is 422 after 16 MiB of it, in less than 512 MiB of this process, and nothing stays', async () => {
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = api.app.server.address() as AddressInfo;
  const before = await api.traces();
  const resident = process.memoryUsage().rss;
  const { headers, payload } = uploadRequest({ name: 'file', content: 'a,b\n', fileName: 'a.csv' });
  const end = payload.lastIndexOf('\r\n--');
  const post = request({ port, method: 'POST', path: '/v1/datasets', headers: { ...(headers as object) } });
  const answered = new Promise<{ status: number | undefined; body: Problem }>((resolve, reject) => {
    post.once('error', reject);
    post.once('response', async (response) => {
      resolve({ status: response.statusCode, body: JSON.parse((await buffer(response)).toString()) as Problem });
    });
  });
  function* body(): Generator<Buffer> {
    yield payload.subarray(0, end);
    yield* repeated(Buffer.alloc(2 ** 20, 'x'), GiB);
    yield payload.subarray(end);
  }
  Readable.from(body()).pipe(post);
  const { status, body: problem } = await answered;
  assert.deepEqual([status, problem.errors?.[0]?.code, problem.errors?.[0]?.row], [422, 'line_too_long', 2]);
  assert.ok(process.memoryUsage().rss - resident < GiB / 2);
  assert.ok(peak < GiB, `${peak} bytes`);
  assert.deepEqual(await api.traces(), before);
});
