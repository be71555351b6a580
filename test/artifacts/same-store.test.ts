import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { openArtifacts } from '../../src/artifacts/index.js';
import { requireSameStore } from '../../src/artifacts/same-store.js';
import { freshDatabase } from '../support/database.js';

test('a process that sees the first one’s artifact store may run; one that sees another is told why not', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'trainyard-artifacts-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const { db } = await freshDatabase();
  const open = (name: string) => openArtifacts({ artifactsUrl: pathToFileURL(join(folder, name)).href });
  await requireSameStore(db, open('shared'));
  await requireSameStore(db, open('shared'));
  await assert.rejects(requireSameStore(db, open('not-mounted')), /^Error: ARTIFACTS_URL: expected the artifact store/);
});
