/**
 * Damages the last checkpoint of a run, over and over, in its store, and looks where the run would go on: at the one
 * before, each time. The damaged bytes are also given to the decoder alone, without their hash: it may not see that a
 * weight has changed, but whatever it does not like must be an error that it names.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { inspect } from 'node:util';
import type { Artifacts } from '../../src/artifacts/index.js';
import { checkpointKey } from '../../src/artifacts/keys.js';
import { openModel } from '../../src/engine/checkpoint.js';
import { EngineError } from '../../src/engine/errors.js';
import { chooseKernels } from '../../src/engine/kernels/choose.js';
import { Draws } from '../../src/engine/rng.js';
import type { EngineSpec } from '../../src/engine/spec.js';
import { findResumePoint } from '../../src/run/resume-point.js';
import { insertCheckpoint } from '../../src/store/checkpoints.js';
import type { Db } from '../../src/store/database.js';
import { newId } from '../../src/store/ids.js';
import { record, rings, sha256 } from '../engine/runs.js';
import { addRun } from '../support/rows.js';

export interface DamageReport {
  truncated: number;
  flipped: number;
  /** Runs that would have gone on from damaged bytes. */
  loaded: number;
  /** Anything thrown by the search for a resume point, or by the decoder without being an EngineError. */
  crashes: string[];
  /** Of the damaged files, how many the decoder refused without knowing their hash. */
  refusedByDecoder: number;
}

interface Subject {
  db: Db;
  artifacts: Artifacts;
  /** The file in which the store keeps an artifact. */
  fileOf(key: string): string;
}

const log = { warn: () => undefined };

export async function damageCheckpoints(
  { db, artifacts, fileOf }: Subject,
  { count, seed }: { count: number; seed: number },
): Promise<DamageReport> {
  const { id: jobId, epoch } = await addRun(db);
  const store = async ({ step, bytes }: { step: number; bytes: Uint8Array }) => {
    const id = newId('checkpoint');
    const artifactKey = checkpointKey({ jobId, epoch, step, sha256: sha256(bytes) });
    await artifacts.put(artifactKey, bytes);
    await insertCheckpoint(db, {
      ...{ jobId, epoch, id, step, trainingEpoch: 1, kind: 'periodic', best: false, metrics: {} },
      ...{ artifactKey, bytes: bytes.length, sha256: sha256(bytes) },
    });
    return { id, step, bytes, path: fileOf(artifactKey) };
  };
  const [before, last] = [await store(await checkpointAt(5)), await store(await checkpointAt(10))];

  const report: DamageReport = { truncated: 0, flipped: 0, loaded: 0, crashes: [], refusedByDecoder: 0 };
  const draws = new Draws(seed, 0xff00_0001);
  for (let trial = 0; trial < count; trial++) {
    const truncate = trial % 2 === 0;
    const damaged = truncate ? last.bytes.slice(0, draws.integer(last.bytes.length)) : flip(last.bytes, draws);
    report[truncate ? 'truncated' : 'flipped']++;
    await writeFile(last.path, damaged);
    try {
      const point = await findResumePoint(jobId, { db, artifacts, log });
      const isBefore = point?.step === before.step && sha256(await readFile(point.path)) === sha256(before.bytes);
      if (!isBefore) report.loaded++;
    } catch (error) {
      report.crashes.push(inspect(error));
    }
    try {
      openModel(damaged);
    } catch (error) {
      if (error instanceof EngineError) report.refusedByDecoder++;
      else report.crashes.push(inspect(error));
    }
    // So that the next search looks at it again.
    await db.updateTable('checkpoints').set({ verifiedOk: true }).where('id', '=', last.id).execute();
  }
  await writeFile(last.path, last.bytes);
  const whole = await findResumePoint(jobId, { db, artifacts, log });
  if (whole?.step !== last.step)
    throw new Error(`expected the mended checkpoint of step ${last.step}, got ${whole?.step}`);
  return report;
}

/** What a run of the engine leaves when it is stopped there. */
async function checkpointAt(step: number): Promise<{ step: number; bytes: Uint8Array }> {
  const problem = rings({ train: 64, validation: 16, test: 0 });
  const spec: EngineSpec = { model: { type: 'mlp', hidden: [16, 16] }, training: { steps: 20, batchSize: 16 } };
  const kernels = chooseKernels('wasm').factory;
  const { checkpoints } = await record(problem, spec, { kernels, stopAt: step });
  return checkpoints.at(-1)!;
}

/** One to eight bits, anywhere. */
function flip(bytes: Uint8Array, draws: Draws): Uint8Array {
  const flipped = bytes.slice();
  const bits = new Set(Array.from({ length: 1 + draws.integer(8) }, () => draws.integer(bytes.length * 8)));
  for (const bit of bits) flipped[bit >> 3]! ^= 1 << (bit & 7);
  return flipped;
}
