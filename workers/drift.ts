/** The drift process: compares what was predicted with what was trained on, answers, ends. Its parent is src/services/drift.ts. */
import { answerOnce } from '../src/run/answer-once.js';
import { type DriftTask, measureDrift } from '../src/run/drift/drift.js';

answerOnce(async (task: DriftTask) => ({ measured: measureDrift(task) }));
