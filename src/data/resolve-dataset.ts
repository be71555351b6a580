/**
 * What a job says of its dataset, held to what the dataset is: every default filled in, the task decided, and the shape
 * that the data will have at most, from descriptions alone: no file is read. Paths are JSON pointers into the JobSpec.
 */
import type { DataShape, ResolvedModelSpec } from '../engine/index.js';
import type { DatasetContents } from '../schemas/dataset.js';
import type { DatasetSpec, ResolvedDatasetSpec } from '../schemas/dataset-spec.js';
import type { Task } from '../schemas/job-spec.js';
import { resolveImages } from './images/resolve-images.js';
import { unlearnable } from './resolve-checks.js';
import { resolveColumns } from './resolve-columns.js';
import { settleFolds } from './resolve-folds.js';
import { resolveText } from './text/resolve-text.js';
import { resolveTexts } from './text/resolve-texts.js';

export interface DataRequest {
  dataset: DatasetSpec;
  task: Task | 'auto';
  /** With its defaults filled in. */
  model: ResolvedModelSpec;
}

export interface ResolvedData {
  task: Task;
  dataset: ResolvedDatasetSpec;
  /** Where what the data are says more of it than was asked. */
  model?: ResolvedModelSpec;
  /** Rows are exact; inputs, outputs and vocabulary are upper bounds until the preparation is fitted. */
  shape: DataShape;
  /** Of the run of a fold, where the job cross-validates; at most. */
  foldRows: DataShape['rows'] | null;
}

/** Throws DataError. */
export function resolveDataset(contents: DatasetContents, asked: DataRequest): ResolvedData {
  const request = { ...asked, dataset: settleFolds(asked.dataset) };
  switch (contents.kind) {
    case 'table':
      return request.model.type === 'bert' ? resolveTexts(contents, request) : resolveColumns(contents, request);
    case 'images':
      return resolveImages(contents, request);
    case 'text':
      return resolveText(contents, request);
    case 'weights':
      throw unlearnable();
    default:
      throw new Error(`contents ${contents satisfies never}`);
  }
}
