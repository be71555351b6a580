/** Questions to datasets that a process of its own answers: one at a time, since it takes a core, which the API needs. */
import { DataError } from '../data/errors.js';
import { Problem } from '../errors.js';
import type { DatasetTask, Refusal } from '../run/answer-of-dataset.js';
import { askProcess } from '../run/ask-process.js';
import type { DatasetRow } from '../store/datasets.js';
import type { Parts } from './index.js';
import { specProblem } from './problems.js';

const limitMs = 120_000;
const mostWaiting = 16;

/** Asks `workers/<name>.js`. The answer throws Problem `invalid_spec` where the question does not fit, or `unavailable`. */
export function datasetQuestions<Task extends DatasetTask, Reply extends object>(
  name: string,
  { artifacts }: Pick<Parts, 'artifacts'>,
) {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  async function ask({ id, artifactKey, artifactSha256 }: DatasetRow, question: Omit<Task, 'path'>): Promise<Reply> {
    const task = { ...question, path: await artifacts.localPath(artifactKey, artifactSha256) };
    const reply = await askProcess<Reply | Refusal>(name, task, { limitMs });
    if ('failure' in reply) throw new Problem('unavailable', `${id}: no ${name}, since ${reply.failure}`);
    if (!('dataError' in reply)) return reply;
    const { code, message, details } = reply.dataError;
    throw specProblem(new DataError(code, message, details));
  }

  return (row: DatasetRow, question: Omit<Task, 'path'>): Promise<Reply> => {
    if (waiting >= mostWaiting) {
      throw new Problem('unavailable', `Many datasets wait for a ${name}`, { retryable: true, retryAfter: 10 });
    }
    waiting++;
    const reply = last.then(() => ask(row, question)).finally(() => waiting--);
    last = reply.catch(() => undefined); // whoever asked is told
    return reply;
  };
}
