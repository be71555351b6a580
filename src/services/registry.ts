/** Models registered under a name: from a job or a checkpoint, with versions and aliases; and what a model is, its card. */

import { cardOf, summaryOf } from '../data/preparation.js';
import { readHeader } from '../engine/index.js';
import { fieldProblem, Problem } from '../errors.js';
import { readPreparation } from '../run/checkpoint-metadata.js';
import { currentSpec } from '../run/edits.js';
import { asPosted } from '../schemas/job-spec.js';
import type { ModelDetails, RegisterRequest } from '../schemas/model.js';
import type { Model } from '../schemas/run.js';
import { holdCheckpoint } from '../store/checkpoint-readers.js';
import { type CheckpointRow, getCheckpoint, latestCheckpoint } from '../store/checkpoints.js';
import { getDataset } from '../store/datasets.js';
import { familyOf } from '../store/lineage.js';
import { getModel, latest, type StoredModel } from '../store/models.js';
import { deleteModel, registerModel, removeAlias, setAlias } from '../store/registry.js';
import { damaged, damageProblem } from './checkpoints.js';
import { found, foundJob } from './found.js';
import type { Parts } from './index.js';
import { toModel } from './models.js';
import { headerOf } from './sources.js';

type Owned = { tenantId: string; id: string };
type Pointed = Owned & { alias: string };

export function registryService({ db, artifacts }: Parts) {
  const foundModel = async ({ tenantId, id }: Owned): Promise<StoredModel> =>
    found(await getModel(db, { tenantId, id }), 'model', id);

  /** One that has a name and versions there. */
  async function registered(owned: Owned): Promise<StoredModel> {
    const model = await foundModel(owned);
    if (model.version !== null) return model;
    throw new Problem('unsuitable_model', `${model.id} is the model of ${model.jobId}, and not registered`, {
      hint: 'POST /v1/models registers it under a name',
    });
  }

  async function checkpointOf(tenantId: string, from: string): Promise<CheckpointRow> {
    let id: string | undefined = from;
    if (from.startsWith('job_')) {
      const job = await foundJob(db, tenantId, from);
      id = job.result?.bestCheckpointId ?? (await latestCheckpoint(db, from))?.id;
      if (id === undefined) throw new Problem('not_found', `${from} has no checkpoint yet`);
    }
    return found(await getCheckpoint(db, { tenantId, id }), 'checkpoint', id);
  }

  /** What the checkpoint says of itself. Problem `checkpoint_damaged` where it cannot be read. */
  async function preparationIn(row: CheckpointRow) {
    if (!row.verifiedOk) throw damaged(row.id);
    const reader = found((await holdCheckpoint(db, row)) ?? undefined, 'checkpoint', row.id);
    try {
      return readPreparation(readHeader(await headerOf(artifacts, row.artifactKey)).metadata);
    } catch (error) {
      throw await damageProblem({ db, artifacts }, row, error);
    } finally {
      await reader.release();
    }
  }

  return {
    /** `created: false`: these weights have a version below this name already. */
    async register({ tenantId, name, from, weights = 'best' }: RegisterRequest & { tenantId: string }) {
      const row = await checkpointOf(tenantId, from);
      const preparation = await preparationIn(row);
      const { id, created } = await registerModel(db, {
        ...{ tenantId, name, weights, jobId: row.jobId, checkpointId: row.id },
        card: cardOf(preparation),
        preparation: summaryOf(preparation),
      });
      return { model: toModel(await foundModel({ tenantId, id })), created };
    },

    async get(owned: Owned): Promise<ModelDetails> {
      const model = await foundModel(owned);
      const { tenantId, jobId, checkpointId, preparation } = model;
      const job = await foundJob(db, tenantId, jobId);
      const row = found(await getCheckpoint(db, { tenantId, id: checkpointId }), 'checkpoint', checkpointId);
      const dataset = found(await getDataset(db, { tenantId, id: job.datasetId }), 'dataset', job.datasetId);
      const family = await familyOf(db, { tenantId, id: jobId, limit: 0 });
      const spec = currentSpec(job);
      const { id, name, format, bytes, sha256 } = dataset;
      const isResult = job.result?.bestCheckpointId === row.id && model.weights === 'best';
      const metrics = job.result?.metrics ?? null;
      return {
        ...toModel(model),
        card: {
          dataset: { id, name, format, bytes, sha256 },
          split: { spec: { ...spec.dataset.split }, rows: metrics && rowsOf(metrics) },
          metrics: { checkpoint: row.metrics, final: isResult ? metrics : null },
          spec: asPosted(spec),
          lineage: {
            jobs: family.jobs.map((each) => each.id),
            ...{ step: row.step, epoch: row.trainingEpoch, sha256: row.sha256, chainSha256: row.chainSha256 },
          },
          preparation,
        },
      };
    },

    /** Problem `unsuitable_model` for one that is not registered. */
    async point({ alias, ...owned }: Pointed): Promise<Model> {
      if (alias === latest) {
        const message = `${latest} is always the last version`;
        throw fieldProblem('invalid_request', {
          path: '/params/alias',
          message,
          expected: 'another alias',
          got: alias,
        });
      }
      const { tenantId, name, id: modelId } = await registered(owned);
      await setAlias(db, { tenantId, name, alias, modelId });
      return toModel(await foundModel({ tenantId, id: modelId }));
    },

    async unpoint({ alias, ...owned }: Pointed): Promise<void> {
      const { tenantId, name, id: modelId } = await registered(owned);
      if (await removeAlias(db, { tenantId, name, alias, modelId })) return;
      throw new Problem('not_found', `${name}@${alias} is no alias of ${modelId}`);
    },

    /** Problem `in_use` says what keeps it. */
    async delete(owned: Owned): Promise<void> {
      const model = await foundModel(owned);
      const hint = 'It goes with its job: DELETE /v1/jobs/{id}';
      if (model.version === null) throw new Problem('in_use', `${model.id} is the result of ${model.jobId}`, { hint });
      await deleteModel(db, model);
    },
  };
}

type Splits = NonNullable<ModelDetails['card']['metrics']['final']>;
const rowsOf = ({ train, validation, test }: Splits) => ({
  train: train.rows,
  validation: validation?.rows ?? 0,
  test: test?.rows ?? 0,
});
