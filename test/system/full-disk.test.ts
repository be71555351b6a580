/** Two checkpoints on disks of every size from none to room for both. Needs root, for a tmpfs of its own in a mount namespace. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { addRun } from '../support/rows.js';
import { checkpointBytes, type Survey } from './checkpoints.js';
import type { WriteRequest } from './write-checkpoints.js';

const program = fileURLToPath(new URL('./write-checkpoints.js', import.meta.url));
const page = 4096;
const neededPages = Math.ceil(checkpointBytes / page);

let folder: string;
let database: TestDatabase;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trainyard-full-'));
  database = await freshDatabase();
});
after(() => rm(folder, { recursive: true }));

async function writeOn(pages: number): Promise<{ outcomes: string[]; survey: Survey }> {
  const { id: jobId, epoch } = await addRun(database.db);
  const { url, schema } = database;
  const request: WriteRequest = { url, schema, folder, run: { jobId, epoch }, steps: [1, 2] };
  const script = `mount -t tmpfs -o size=${pages * page} tmpfs ${folder} && exec "$@"`;
  const command = ['--mount', '--', 'sh', '-c', script, 'sh', process.execPath, program, JSON.stringify(request)];
  const child = spawn('unshare', command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  assert.equal(code, 0);
  return JSON.parse(output);
}

const sizes = [1, ...Array.from({ length: 15 }, (_, i) => Math.round(((i + 1) * neededPages) / 8)), 2 * neededPages];
for (const pages of sizes) {
  const fits = Math.floor(pages / neededPages);
  test(`a disk with room for ${(pages / neededPages).toFixed(3)} checkpoints holds ${fits}, and nothing of what did not fit`, async () => {
    const { outcomes, survey } = await writeOn(pages);
    const expected = ['stored', 'stored'].fill('storage', fits);
    assert.deepEqual(outcomes, expected);
    assert.deepEqual(survey, { resumesAt: fits === 0 ? null : fits, damaged: [], temporary: 0 });
  });
}
