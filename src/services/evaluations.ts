/** Models measured on datasets: computed in a process of its own, one at a time. */
import { DataError } from '../data/errors.js';
import { Problem } from '../errors.js';
import type { EvaluationReply, EvaluationTask } from '../run/evaluation/evaluate.js';
import type { EvaluateRequest, Evaluation } from '../schemas/evaluation.js';
import { getDataset } from '../store/datasets.js';
import { checkChoice } from './choices.js';
import { datasetQuestions } from './dataset-questions.js';
import { found } from './found.js';
import type { Parts } from './index.js';
import type { modelService } from './models.js';
import { evaluationProblem } from './problems.js';

type Request = EvaluateRequest & { tenantId: string; id: string };

export function evaluationService(parts: Parts, { opened }: Pick<ReturnType<typeof modelService>, 'opened'>) {
  const { db, config } = parts;
  const ask = datasetQuestions<EvaluationTask, EvaluationReply>('evaluate', parts, evaluationProblem);

  return {
    /** Problem `unsuitable_dataset` says what of the dataset does not fit the model. */
    async evaluate({ tenantId, id, datasetId, sliceBy, threshold }: Request): Promise<Evaluation> {
      const dataset = found(await getDataset(db, { tenantId, id: datasetId }), 'dataset', datasetId);
      if (dataset.contents.kind === 'weights') {
        const details = { expected: 'rows or a text', got: 'weights' };
        throw evaluationProblem(new DataError('unsuitable_dataset', 'weights are nothing to evaluate on', details));
      }
      const { model, file } = await opened({ tenantId, id });
      const { task } = model.card;
      if (task === 'maskedLanguageModel')
        throw new Problem('unsuitable_model', `evaluate is not for a model of the task ${task}`);
      checkChoice(threshold === undefined ? {} : { threshold }, { card: model.card, rows: 1 });
      const { kernels } = config;
      const { evaluated } = await ask(dataset, {
        model: file,
        kernels,
        sliceBy: sliceBy ?? null,
        threshold: threshold ?? null,
      });
      return { modelId: model.id, datasetId, ...evaluated };
    },
  };
}
