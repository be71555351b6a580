import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type Artifacts, openArtifacts } from '../../src/artifacts/index.js';
import { requireSameStore } from '../../src/artifacts/same-store.js';
import { loadConfig } from '../../src/config.js';
import { freshDatabase } from '../support/database.js';
import { TestS3 } from '../support/s3.js';

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

const stores: Record<string, (name: string) => Promise<Artifacts>> = {
  files: (name) => openArtifacts(loadConfig({ ARTIFACTS_URL: pathToFileURL(join(folder, name)).href })),
  S3: (name) => openArtifacts(loadConfig({ DATA_DIR: folder, ...s3.settings(name) })),
};

for (const [kind, open] of Object.entries(stores)) {
  test(`of processes on ${kind}, 5 that start at once may run, and one that sees another store is told why not`, async () => {
    const { db } = await freshDatabase();
    await Promise.all(Array.from({ length: 5 }, async () => requireSameStore(db, await open('shared'))));
    await requireSameStore(db, await open('shared'));
    const elsewhere = await open('not-mounted');
    await assert.rejects(requireSameStore(db, elsewhere), /^Error: ARTIFACTS_URL: expected the artifact store .* none/);
    assert.equal(await elsewhere.stat('marker'), null, 'it left nothing there');

    const other = await freshDatabase();
    await requireSameStore(other.db, elsewhere);
    await assert.rejects(
      requireSameStore(db, elsewhere),
      /expected the artifact store with marker .* got one with marker/,
    );
  });
}
