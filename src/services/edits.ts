/** Changes to a job's training while it runs. */
import { isDeepStrictEqual } from 'node:util';
import { fieldProblem, type Problem } from '../errors.js';
import { wantedSpec, withEdit } from '../run/edits.js';
import { foldsOf } from '../schemas/dataset-spec.js';
import type { TrainingEdit } from '../schemas/edits.js';
import { asPosted } from '../schemas/job-spec.js';
import type { Db } from '../store/database.js';
import type { JobRow } from '../store/jobs.js';
import { requestEdit } from '../store/requests.js';
import { foundJob } from './found.js';
import type { Planner } from './planner.js';

/** All are written with each, and every attempt of the run reads them. */
const mostEdits = 1000;

export interface EditRequest {
  tenantId: string;
  id: string;
  edit: TrainingEdit;
}

/** `planned` throws where no job can be of the spec. */
export async function editTraining(
  { db, planned }: { db: Db; planned: Planner },
  { tenantId, id, edit }: EditRequest,
): Promise<JobRow> {
  const job = await foundJob(db, tenantId, id);
  expectPossible(job, edit);
  const { initialized } = job;
  await planned({ tenantId, body: asPosted(withEdit(wantedSpec(job), edit)), initialized });
  return requestEdit(db, {
    ...{ tenantId, id, edit },
    isChange(now) {
      expectPossible(now, edit);
      const spec = wantedSpec(now);
      return !isDeepStrictEqual(withEdit(spec, edit), spec);
    },
  });
}

function expectPossible({ spec, progress, edits, sweepId }: JobRow, { patience, steps }: TrainingEdit): void {
  if (foldsOf(spec.dataset) !== null) {
    const message = 'the folds of a job are all trained by one spec';
    throw impossible({ path: '', message, expected: 'a job without folds', got: 'dataset.split.folds' });
  }
  if (edits.length >= mostEdits) {
    const message = 'the job was changed too often';
    throw impossible({ path: '', message, expected: `fewer than ${mostEdits} changes`, got: edits.length });
  }
  if (steps !== undefined && sweepId !== null) {
    const message = 'the budget of its sweep decides this';
    throw impossible({ path: '/steps', message, expected: 'a job of no sweep', got: sweepId });
  }
  if (patience !== undefined && spec.earlyStopping.type !== 'patience') {
    throw impossible({ path: '/patience', message: 'the job does not stop early', expected: 'none', got: patience });
  }
  const made = Math.max(progress?.step ?? 0, ...edits.map(({ step }) => step ?? 0));
  if (steps !== undefined && steps <= made) {
    const message = `the job has made ${made} steps`;
    throw impossible({ path: '/steps', message, expected: `more than ${made}`, got: steps });
  }
}

const impossible = (field: Parameters<typeof fieldProblem>[1]): Problem => fieldProblem('invalid_spec', field);
