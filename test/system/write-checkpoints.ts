/**
 * Program: writes checkpoints of a run one after another, as a consumer does, and says on standard output what came of
 * each. It is started with a disk that is full, or with system calls that fail or kill it. Temporary files have a name
 * that is known beforehand, since strace picks calls by path.
 */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { RunKey } from '../../src/store/fence.js';

crypto.randomUUID = () => '00000000-0000-4000-8000-000000000000';
syncBuiltinESMExports();

const { openArtifacts } = await import('../../src/artifacts/index.js');
const { loadConfig } = await import('../../src/config.js');
const { openDatabase } = await import('../../src/store/database.js');
const { storeCheckpoint, surveyOf } = await import('./checkpoints.js');

export interface WriteRequest {
  url: string;
  schema: string;
  folder: string;
  run: RunKey;
  steps: number[];
}

const { url, schema, folder, run, steps } = JSON.parse(process.argv[2]!) as WriteRequest;
const { db, close } = openDatabase({ url, schema });
const artifacts = await openArtifacts(loadConfig({ ARTIFACTS_URL: pathToFileURL(folder).href }));
const outcomes: string[] = [];
for (const step of steps) {
  outcomes.push(
    await storeCheckpoint({ db, artifacts, run }, step).then(
      () => 'stored',
      (error: { code?: string }) => error.code ?? String(error),
    ),
  );
}
const survey = await surveyOf({ db, artifacts, run, folder });
await close();
process.stdout.write(JSON.stringify({ outcomes, survey }));
