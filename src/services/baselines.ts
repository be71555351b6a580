/**
 * What models are held against, measured when it is first asked for: a temperature for every model would be computed in vain.
 * Nothing is lost where that is interrupted, since it comes out the same again.
 */
import type { Baseline, BaselineReply, BaselineTask } from '../run/baseline/baseline.js';
import type { ModelFile } from '../run/prediction-protocol.js';
import { getBaseline, keepBaseline } from '../store/baselines.js';
import { getDataset } from '../store/datasets.js';
import type { StoredModel } from '../store/models.js';
import { datasetQuestions } from './dataset-questions.js';
import { found, foundJob } from './found.js';
import type { Parts } from './index.js';
import { evaluationProblem } from './problems.js';

const mostKept = 100;

/** What it returns may throw Problem `unavailable`. */
export function modelBaselines(parts: Pick<Parts, 'db' | 'artifacts' | 'config'>) {
  const { db, config } = parts;
  const ask = datasetQuestions<BaselineTask, BaselineReply>('baseline', parts, evaluationProblem);
  /** By model, in order of use, the latest last. */
  const kept = new Map<string, Promise<Baseline>>();

  async function measured({ id, tenantId, jobId }: StoredModel, file: ModelFile): Promise<Baseline> {
    const earlier = await getBaseline(db, id);
    if (earlier) return earlier;
    const { spec, datasetId } = await foundJob(db, tenantId, jobId);
    const dataset = found(await getDataset(db, { tenantId, id: datasetId }), 'dataset', datasetId);
    const { baseline } = await ask(dataset, { model: file, kernels: config.kernels, spec });
    await keepBaseline(db, id, baseline);
    return baseline;
  }

  return async (model: StoredModel, file: ModelFile): Promise<Baseline> => {
    const { id } = model;
    const baseline = kept.get(id) ?? measured(model, file);
    kept.delete(id);
    kept.set(id, baseline);
    if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
    baseline.catch(() => kept.delete(id));
    return baseline;
  };
}
