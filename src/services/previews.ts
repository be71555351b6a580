/** Rows of a dataset to look at before compute is spent: as they stand, or before and after augmentation. */
import { fieldProblem } from '../errors.js';
import type { PreviewReply, PreviewTask } from '../run/preview.js';
import { rowStoreOf } from '../run/protocol.js';
import type { DatasetContents } from '../schemas/dataset.js';
import type { ProfiledData } from '../schemas/dataset-spec.js';
import type { JobSpec } from '../schemas/job-spec.js';
import { getDataset } from '../store/datasets.js';
import { datasetQuestions } from './dataset-questions.js';
import { found } from './found.js';
import type { Parts } from './index.js';
import { planSpec } from './spec.js';

/** Tokens of a text that are shown as one row. */
const context = 64;

export interface PreviewRequest {
  tenantId: string;
  id: string;
  dataset: ProfiledData;
  augmentation: NonNullable<JobSpec['augmentation']>;
  count: number;
  seed: number;
  sheet: boolean;
}

export function previewService(parts: Parts) {
  const { db, config } = parts;
  const ask = datasetQuestions<PreviewTask, PreviewReply>('preview', parts);
  const store = rowStoreOf(config);
  // Nothing is trained: whatever fits the engine's memory can be looked at.
  const around = { freeBytes: Number.POSITIVE_INFINITY, gflops: null, machine: { threads: 1, scratchBytes: 0 } };

  return {
    /** Throws Problem `not_found`, `invalid_spec` where the job would be refused, `unavailable`. */
    async get({ tenantId, id, dataset, augmentation, count, seed, sheet }: PreviewRequest): Promise<PreviewReply> {
      const row = found(await getDataset(db, { tenantId, id }), 'dataset', id);
      const { kind } = row.contents;
      if (sheet && kind !== 'images') {
        const got = { expected: 'a dataset of images', got: kind };
        const message = `a PNG shows images: expected ${got.expected}, got a ${kind}`;
        throw fieldProblem('invalid_spec', { path: '/headers/accept', code: 'unsuitable_field', message, ...got });
      }
      const asItStands = kind === 'table' && Object.keys(dataset).length === 0 && augmentation.length === 0;
      const job: JobSpec = {
        ...{ dataset: { id, ...dataset }, augmentation, model: readerOf(kind, dataset) },
        training: { seed, batchSize: 1, steps: 1 },
      };
      const surroundings = { dataset: row, dataMemoryBytes: store.memoryBytes, ...around };
      const spec = asItStands ? null : planSpec(job, surroundings).spec;
      return ask(row, { spec, store, count, sheet });
    },
  };
}

/** The least model that reads what the dataset holds. */
function readerOf(kind: DatasetContents['kind'], { text }: ProfiledData): JobSpec['model'] {
  if (kind === 'text') return { type: 'gpt', context };
  return kind === 'table' && text !== undefined ? { type: 'bert', context } : { type: 'mlp', hidden: [1] };
}
