/** A process that answers one question to a dataset (run/answer-once.ts). */
import { openDataset, type StoredDataset } from '../data/stored-dataset.js';
import { answerOnce } from './answer-once.js';
import { orRefusal } from './refusal.js';

export interface DatasetTask {
  /** Of the file that ingest wrote. */
  path: string;
}

export function answerOfDataset<Task extends DatasetTask, Reply>(
  answer: (stored: StoredDataset, task: Task) => Reply | Promise<Reply>,
): void {
  answerOnce((task: Task) => {
    const stored = openDataset(task.path);
    return orRefusal(() => answer(stored, task));
  });
}
