/** The evaluation process: measures one model on one dataset, answers, ends. Its parent is src/services/evaluations.ts. */
import { answerOfDataset } from '../src/run/answer-of-dataset.js';
import { type EvaluationTask, evaluateModel } from '../src/run/evaluation/evaluate.js';

answerOfDataset((stored, task: EvaluationTask) => evaluateModel(stored, task));
