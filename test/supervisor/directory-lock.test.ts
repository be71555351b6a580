/** The lock of a data directory: one holder, and none once the holder is dead. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { lockDirectory } from '../../src/supervisor/directory-lock.js';

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'trainyard-lock-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

test('a second holder is refused with the process id of the first, until the first releases', async (t) => {
  const folder = await temporaryFolder(t);
  const release = await lockDirectory(folder);
  await assert.rejects(lockDirectory(folder), {
    code: 'data_directory_in_use',
    message: new RegExp(`process ${process.pid}`),
  });
  release();
  const releaseAgain = await lockDirectory(folder);
  releaseAgain();
});

test('of 8 that ask at once exactly one gets it', async (t) => {
  const folder = await temporaryFolder(t);
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lockDirectory(folder)));
  const winners = outcomes.filter((outcome) => outcome.status === 'fulfilled');
  assert.equal(winners.length, 1);
  for (const winner of winners) winner.value();
});

test('the lock of a holder that was killed with -9 is free at once', async (t) => {
  const folder = await temporaryFolder(t);
  const module = new URL('../../src/supervisor/directory-lock.js', import.meta.url).href;
  const program = `
    import { lockDirectory } from ${JSON.stringify(module)};
    await lockDirectory(${JSON.stringify(folder)});
    process.stdout.write('locked');
    setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  await assert.rejects(lockDirectory(folder), {
    code: 'data_directory_in_use',
    message: new RegExp(`process ${holder.pid}`),
  });
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const release = await lockDirectory(folder);
  release();
});
