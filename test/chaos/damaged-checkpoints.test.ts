import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { openArtifacts } from '../../src/artifacts/index.js';
import { loadConfig } from '../../src/config.js';
import { freshDatabase } from '../support/database.js';
import { TestS3 } from '../support/s3.js';
import { damageCheckpoints } from './damage.js';

const count = 200;
const expected = { truncated: count / 2, flipped: count / 2, loaded: 0, crashes: [] };

async function temporaryFolder(t: { after(end: () => Promise<void>): void }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'trainyard-damage-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

test(`of ${count} truncated or flipped checkpoints in files, none is loaded and none crashes the search`, async (t) => {
  const folder = await temporaryFolder(t);
  const artifacts = await openArtifacts(loadConfig({ ARTIFACTS_URL: pathToFileURL(folder).href }));
  const { db } = await freshDatabase();
  const subject = { db, artifacts, fileOf: (key: string) => join(folder, key) };
  const { refusedByDecoder, ...report } = await damageCheckpoints(subject, { count, seed: 1 });
  assert.deepEqual(report, expected);
  assert.ok(refusedByDecoder >= count / 2, 'the decoder sees every truncation');
});

test(`of ${count} on S3, none is loaded and none crashes the search`, async (t) => {
  const s3 = await TestS3.start();
  t.after(() => s3.stop());
  const config = loadConfig({ DATA_DIR: await temporaryFolder(t), ...s3.settings('damage') });
  const { db } = await freshDatabase();
  const subject = { db, artifacts: await openArtifacts(config), fileOf: (key: string) => s3.fileOf('damage', key) };
  const { refusedByDecoder, ...report } = await damageCheckpoints(subject, { count, seed: 2 });
  assert.deepEqual(report, expected);
  assert.ok(refusedByDecoder >= count / 2);
});
