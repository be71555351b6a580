/**
 * Every system call that writes one checkpoint, in turn: killed there, told that the disk is full, told that it is broken
 * (strace injects; the row is written between, over a socket). Whatever happens, nothing partial is visible, the run goes
 * on from a whole checkpoint, and can write the next.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Artifacts, openArtifacts } from '../../src/artifacts/index.js';
import { checkpointKey } from '../../src/artifacts/keys.js';
import { loadConfig } from '../../src/config.js';
import type { RunKey } from '../../src/store/fence.js';
import { claim, release } from '../../src/store/runs.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { addRun } from '../support/rows.js';
import { sha256At, storeCheckpoint, surveyOf } from './checkpoints.js';
import type { WriteRequest } from './write-checkpoints.js';

const program = fileURLToPath(new URL('./write-checkpoints.js', import.meta.url));
const calls = ['mkdir', 'write', 'fsync', 'link', 'unlink'] as const;
const faults = ['signal=KILL', 'error=ENOSPC', 'error=EIO'] as const;

let folder: string;
let database: TestDatabase;
let artifacts: Artifacts;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trainyard-faults-'));
  database = await freshDatabase();
  artifacts = await openArtifacts(loadConfig({ ARTIFACTS_URL: pathToFileURL(folder).href }));
});
after(() => rm(folder, { recursive: true }));

/** A run that has a checkpoint at step 1 and was taken over, so that its next one is in a folder that is yet to be made. */
async function takenOverRun(): Promise<RunKey> {
  const { db } = database;
  const { id: jobId, epoch } = await addRun(db);
  await storeCheckpoint({ db, artifacts, run: { jobId, epoch } }, 1);
  const { generation } = await release(db, { jobId, epoch, reason: 'test' });
  const again = await claim(db, { jobId, generation, consumerId: 'c2', leaseSeconds: 60, fingerprint: 'f' });
  return { jobId, epoch: again!.epoch };
}

/** Writes the checkpoint of step 2 under strace, with or without a fault. */
async function writeUnderStrace(run: RunKey, injection?: string) {
  const path = join(folder, checkpointKey({ ...run, step: 2, sha256: sha256At(2) }));
  const superseded = join(folder, checkpointKey({ ...run, epoch: run.epoch - 1, step: 1, sha256: sha256At(1) }));
  const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.00000000-0000-4000-8000-000000000000`);
  const paths = [path, temporary, superseded, dirname(path), dirname(dirname(path))].flatMap((one) => ['-P', one]);
  const log = join(folder, 'strace.log');
  const inject = injection === undefined ? [] : ['-e', `inject=${injection}`];
  const request: WriteRequest = { url: database.url, schema: database.schema, folder, run, steps: [2] };
  const trace = ['-f', '-o', log, ...paths, '-e', `trace=${calls.join(',')}`, ...inject];
  const child = spawn('strace', [...trace, process.execPath, program, JSON.stringify(request)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, UV_THREADPOOL_SIZE: '1' }, // strace counts calls thread by thread
  });
  const [output, [, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  const outcome = output === '' ? null : (JSON.parse(output) as { outcomes: string[] }).outcomes[0]!;
  return { signal, outcome, log: await readFile(log, 'utf8') };
}

test('every write, fsync and link of a checkpoint may be killed or fail: it is there whole, or not at all', async (t) => {
  const { outcome, log } = await writeUnderStrace(await takenOverRun());
  assert.equal(outcome, 'stored');
  const counts = calls.map((call) => [call, log.match(new RegExp(`^\\d+ +${call}\\(`, 'gm'))?.length ?? 0] as const);
  for (const [call, count] of counts) assert.ok(count > 0, `${call} was traced:\n${log}`);
  assert.ok(Object.fromEntries(counts)['write']! >= 3);

  for (const [call, count] of counts) {
    for (let nth = 1; nth <= count; nth++) {
      for (const fault of faults) {
        await t.test(`${call} ${nth} of ${count}, ${fault}`, async () => {
          const run = await takenOverRun();
          const { signal, outcome, log } = await writeUnderStrace(run, `${call}:${fault}:when=${nth}`);
          const { db } = database;
          const before = await surveyOf({ db, artifacts, run, folder });
          assert.deepEqual(before.damaged, []);
          if (fault === 'signal=KILL') {
            assert.deepEqual([signal, outcome], ['SIGKILL', null]);
            assert.ok(before.resumesAt === 1 || before.resumesAt === 2, `resumes at ${before.resumesAt}`);
          } else {
            assert.match(log, /\(INJECTED\)/);
            // A file that cannot be removed is nobody's, and no reason to stop a run.
            assert.equal(outcome, call === 'unlink' ? 'stored' : 'storage');
            assert.equal(before.resumesAt, call === 'unlink' ? 2 : 1);
          }
          const next = before.resumesAt! + 1; // the same again, where it is not there
          await storeCheckpoint({ db, artifacts, run }, next);
          const after = await surveyOf({ db, artifacts, run, folder });
          assert.deepEqual([after.resumesAt, after.damaged], [next, []]);
        });
      }
    }
  }
});
