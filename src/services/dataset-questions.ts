/** Questions to datasets that a process of its own answers: one at a time, since it takes a core, which the API needs. */
import { DataError } from '../data/errors.js';
import { Problem } from '../errors.js';
import type { DatasetTask } from '../run/answer-of-dataset.js';
import { askProcess } from '../run/ask-process.js';
import type { Refusal } from '../run/refusal.js';
import type { DatasetRow } from '../store/datasets.js';
import type { Parts } from './index.js';
import { oneAtATime } from './one-at-a-time.js';
import { specProblem } from './problems.js';

const limitMs = 120_000;

/** Asks `workers/<name>.js`. The answer throws what `problemOf` makes of a question that does not fit, or `unavailable`. */
export function datasetQuestions<Task extends DatasetTask, Reply extends object>(
  name: string,
  { artifacts }: Pick<Parts, 'artifacts'>,
  problemOf: (error: DataError) => unknown = specProblem,
) {
  const inTurn = oneAtATime(`Many datasets wait for a ${name}`);

  async function ask({ id, artifactKey, artifactSha256 }: DatasetRow, question: Omit<Task, 'path'>): Promise<Reply> {
    const task = { ...question, path: await artifacts.localPath(artifactKey, artifactSha256) };
    const reply = await askProcess<Reply | Refusal>(name, task, { limitMs });
    if ('failure' in reply) throw new Problem('unavailable', `${id}: no ${name}, since ${reply.failure}`);
    if (!('dataError' in reply)) return reply;
    const { code, message, details } = reply.dataError;
    throw problemOf(new DataError(code, message, details));
  }

  return (row: DatasetRow, question: Omit<Task, 'path'>): Promise<Reply> => inTurn(() => ask(row, question));
}
