/** Whether what a model is asked has moved away from what it was trained on, and the fork that follows. */
import { fieldProblem, Problem } from '../errors.js';
import { askProcess } from '../run/ask-process.js';
import type { DriftTask } from '../run/drift/drift.js';
import { recordedFeatures } from '../run/drift/statistics.js';
import type { Drift, Measured } from '../schemas/drift.js';
import { listDatasets } from '../store/datasets.js';
import type { StoredModel } from '../store/models.js';
import { statisticsSince } from '../store/prediction-statistics.js';
import type { modelBaselines } from './baselines.js';
import type { Parts } from './index.js';
import type { modelService } from './models.js';
import { oneAtATime } from './one-at-a-time.js';
import type { Recording } from './recording.js';

const limitMs = 60_000;
/** Among which one with the model's columns is looked for. */
const newestDatasets = 50;

interface Lent {
  baselineOf: ReturnType<typeof modelBaselines>;
  opened: ReturnType<typeof modelService>['opened'];
  recording: Recording;
}

export function driftService({ db }: Pick<Parts, 'db'>, { baselineOf, opened, recording }: Lent) {
  const inTurn = oneAtATime('Many models wait to be compared with their training');

  async function measured(task: DriftTask): Promise<Measured> {
    const reply = await askProcess<{ measured: Measured }>('drift', task, { limitMs });
    if ('failure' in reply) throw new Problem('unavailable', `no drift, since ${reply.failure}`);
    return reply.measured;
  }

  /** The newest table that has all that the model reads and foresees; null: there is none but its own. */
  async function newerDataset({ tenantId, card, createdAt }: StoredModel): Promise<string | null> {
    const needed = [...card.features.map(({ name }) => name), card.target!];
    const { items } = await listDatasets(db, { tenantId, limit: newestDatasets });
    const fitting = items.find(({ contents, createdAt: at }) => {
      if (contents.kind !== 'table' || at <= createdAt) return false;
      const names = new Set(contents.columns.map(({ name }) => name));
      return needed.every((name) => names.has(name));
    });
    return fitting?.id ?? null;
  }

  return {
    /** Problem `unsuitable_model` for one that predicts no rows. */
    async measure({
      tenantId,
      id,
      since,
    }: {
      tenantId: string;
      id: string;
      since?: string | undefined;
    }): Promise<Drift> {
      const { model, file } = await opened({ tenantId, id });
      const { card, jobId } = model;
      if (card.target === null)
        throw new Problem('unsuitable_model', `no rows are predicted by a model of the task ${card.task}`);
      const from = new Date(since ?? 0);
      if (Number.isNaN(from.getTime())) throw noTime(since!);
      const { statistics: training } = await baselineOf(model, file);
      const features = recordedFeatures(card);
      // One at a time: what is stored may be many megabytes.
      const found = await inTurn(async () => {
        const stored = await statisticsSince(db, { modelId: model.id, since: from });
        const open = recording.open(model.id, from);
        const predicted = stored.predicted + (open?.predicted ?? 0);
        const bodies = open ? [...stored.bodies, JSON.stringify(open.statistics)] : stored.bodies;
        return measured({ features, training, bodies, predicted });
      });
      const datasetId = found.verdict === 'drift' ? await newerDataset(model) : null;
      const request = { from: 'start', patch: { dataset: { id: datasetId ?? 'ds_…' } } };
      const fork = found.verdict === 'drift' ? { jobId, datasetId, request } : null;
      return { modelId: model.id, since: since ?? null, ...found, fork };
    },
  };
}

/** The format allows leap seconds, which no clock here has. */
const noTime = (got: string): Problem =>
  fieldProblem('invalid_request', {
    ...{ path: '/query/since', code: 'format', expected: 'a time', got },
    message: 'there is no such time',
  });
