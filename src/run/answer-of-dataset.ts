/** A process that answers one question to a dataset (run/answer-once.ts); what is wrong with the question goes back as data. */
import { DataError, type DataErrorDetails } from '../data/errors.js';
import { openDataset, type StoredDataset } from '../data/stored-dataset.js';
import { answerOnce } from './answer-once.js';

export interface DatasetTask {
  /** Of the file that ingest wrote. */
  path: string;
}

export interface Refusal {
  dataError: { code: string; message: string; details: DataErrorDetails };
}

export function answerOfDataset<Task extends DatasetTask, Reply>(
  answer: (stored: StoredDataset, task: Task) => Reply | Promise<Reply>,
): void {
  answerOnce(async (task: Task): Promise<Reply | Refusal> => {
    const stored = openDataset(task.path);
    try {
      return await answer(stored, task);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      const { code, message, details } = error;
      return { dataError: { code, message, details } };
    }
  });
}
