/** What a job's weights may come from: a checkpoint, the one that a model rests on, an upload; found, read up to its tensors, copied. */
import type { Artifacts } from '../artifacts/index.js';
import { originKey } from '../artifacts/keys.js';
import { isDamage } from '../artifacts/same-store.js';
import type { Preparation } from '../data/preparation.js';
import { EngineError, type InheritedWeights, readHeader, type SafetensorsHeader, specOf } from '../engine/index.js';
import { fieldProblem, type Problem } from '../errors.js';
import { readPreparation } from '../run/checkpoint-metadata.js';
import type { ResolvedDatasetSpec } from '../schemas/dataset-spec.js';
import type { ResolvedJobSpec } from '../schemas/job-spec.js';
import { holdCheckpoint } from '../store/checkpoint-readers.js';
import { type CheckpointRow, getCheckpoint } from '../store/checkpoints.js';
import type { Db } from '../store/database.js';
import { type DatasetRow, getDataset } from '../store/datasets.js';
import { getModel } from '../store/models.js';
import type { Origin } from '../store/tables.js';

export interface Source {
  /** Of the checkpoint, or of the dataset of weights. */
  id: string;
  /** Id of what was asked for, where that was a name with an alias too. */
  from: string;
  header: SafetensorsHeader;
  /** How the data were prepared that its weights have learnt from, and what was said of that; null where nobody knows. */
  prepared: { preparation: Preparation; dataset: ResolvedDatasetSpec } | null;
  /** Below the prefix of a job, which it outlives the source in. Throws Problem `invalid_spec` where the source is gone. */
  copyFor(jobId: string): Promise<Origin>;
}

interface Parts {
  db: Db;
  artifacts: Artifacts;
}

const path = '/initialize/from';

/** Throws Problem `invalid_spec` where there is nothing to begin with. */
export async function findSource(
  { db, artifacts }: Parts,
  { tenantId, from }: { tenantId: string; from: string },
): Promise<Source> {
  const upload = await getDataset(db, { tenantId, id: from });
  if (upload !== undefined) return uploadedSource(artifacts, upload);
  const model = await getModel(db, { tenantId, id: from });
  const checkpoint = await getCheckpoint(db, { tenantId, id: model?.checkpointId ?? from });
  if (checkpoint === undefined) throw noSource(from);
  try {
    const header = readHeader(await headerOf(artifacts, checkpoint.artifactKey));
    const { dataset } = specOf(header) as ResolvedJobSpec;
    return {
      ...{ id: checkpoint.id, from: model?.id ?? checkpoint.id, header },
      prepared: { preparation: readPreparation(header.metadata), dataset },
      copyFor: (jobId) =>
        copyCheckpointFor({ db, artifacts }, checkpoint, { jobId, from, model: model?.weights ?? 'best' }),
    };
  } catch (error) {
    if (error instanceof EngineError) throw unreadable(from, error);
    throw (await isDamage(artifacts, error)) ? noSource(from) : error;
  }
}

async function uploadedSource(artifacts: Artifacts, upload: DatasetRow): Promise<Source> {
  const { id, contents, artifactKey, artifactSha256: sha256 } = upload;
  if (contents.kind !== 'weights') {
    const [expected, got] = ['weights', contents.kind];
    const message = `expected a dataset of ${expected}, got one of ${got}`;
    throw fieldProblem('invalid_spec', { path, code: 'unsuitable_dataset', message, expected, got });
  }
  try {
    return {
      ...{ id, from: id, prepared: null, header: readHeader(await headerOf(artifacts, artifactKey)) },
      async copyFor(jobId) {
        const key = originKey(jobId);
        try {
          await artifacts.put(key, await artifacts.get(artifactKey), { sha256 });
        } catch (error) {
          throw (await isDamage(artifacts, error)) ? noSource(id) : error;
        }
        return { key, sha256, weights: 'named' };
      },
    };
  } catch (error) {
    throw (await isDamage(artifacts, error)) ? noSource(id) : error;
  }
}

async function copyCheckpointFor(
  { db, artifacts }: Parts,
  checkpoint: CheckpointRow,
  { jobId, from, model }: { jobId: string; from: string; model: InheritedWeights },
): Promise<Origin> {
  const copied = await copyHeld({ db, artifacts }, checkpoint, jobId);
  if (typeof copied === 'string') throw noSource(from);
  return { ...copied, weights: 'named', model };
}

/** Copies a checkpoint below the prefix of a job, which checks every byte of it. */
export async function copyHeld(
  { db, artifacts }: Parts,
  checkpoint: CheckpointRow,
  jobId: string,
): Promise<Pick<Origin, 'key' | 'sha256'> | 'pruned' | 'damaged'> {
  const { artifactKey, sha256 } = checkpoint;
  const key = originKey(jobId);
  const reader = await holdCheckpoint(db, checkpoint);
  if (reader === null) return 'pruned';
  try {
    await artifacts.put(key, await artifacts.get(artifactKey), { sha256 });
    return { key, sha256 };
  } catch (error) {
    if (await isDamage(artifacts, error)) return 'damaged';
    throw error;
  } finally {
    await reader.release();
  }
}

/** A safetensors file up to its tensors: the header's length, 8 bytes, and the header. */
export async function headerOf(artifacts: Artifacts, key: string): Promise<Buffer> {
  const length = Number((await bytesOf(artifacts, key, 8)).readBigUInt64LE());
  return bytesOf(artifacts, key, 8 + length);
}

async function bytesOf(artifacts: Artifacts, key: string, count: number): Promise<Buffer> {
  return Buffer.concat(await (await artifacts.get(key, { start: 0, end: count - 1 })).toArray());
}

const noSource = (got: string): Problem =>
  fieldProblem('invalid_spec', {
    ...{ path, code: 'no_source', got },
    message: 'there is no such checkpoint or model whose file is whole',
  });

const unreadable = (got: string, { code, message }: EngineError): Problem =>
  fieldProblem('invalid_spec', { path, code, message, got }, 'train it again with this version');
