/** A job on the columns of a table: resolve.ts decides of them, here the shape of the data follows. */
import { fillDefaults } from '../engine/index.js';
import type { TableContents } from '../schemas/dataset.js';
import { ColumnsData, type ResolvedColumnsSpec } from '../schemas/dataset-spec.js';
import { resolveDatasetSpec } from './resolve.js';
import { refuseField, refuseModel, requireTarget, targetTaskOf } from './resolve-checks.js';
import type { DataRequest, ResolvedData } from './resolve-dataset.js';

export function resolveColumns(contents: TableContents, { dataset, task: asked, model }: DataRequest): ResolvedData {
  const what = 'a table';
  if (model.type === 'gpt') throw refuseModel(model, ['mlp', 'sequential', 'bert'], what);
  refuseField(dataset, ColumnsData, `${what} whose columns ${model.type} reads`);
  requireTarget(dataset);
  const spec = fillDefaults(ColumnsData, dataset) as ResolvedColumnsSpec;
  const { columns, rowCount } = contents;
  const resolved = resolveDatasetSpec(columns, rowCount, spec, targetTaskOf(asked));
  const { task, classes = 1, ignore, estimatedInputs, embedded, rows, foldRows } = resolved;
  return {
    task,
    dataset: { ...spec, ignore },
    shape: { task, inputs: estimatedInputs, outputs: classes, rows, ...(embedded && { embedded }) },
    foldRows,
  };
}
