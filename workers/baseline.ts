/** The baseline process: measures one model on the splits of its job, answers, ends. Its parent is src/services/baselines.ts. */
import { answerOfDataset } from '../src/run/answer-of-dataset.js';
import { type BaselineTask, measureBaseline } from '../src/run/baseline/baseline.js';

answerOfDataset((stored, task: BaselineTask) => measureBaseline(stored, task));
