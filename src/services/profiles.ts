/** What a dataset is like, as a job would use it: computed in a process of its own, and kept while the service runs. */
import type { ProfileReply, ProfileTask } from '../data/profile/protocol.js';
import { resolveProfile } from '../data/profile/resolve-profile.js';
import type { ProfiledData } from '../schemas/dataset-spec.js';
import type { Profile } from '../schemas/profile.js';
import { getDataset } from '../store/datasets.js';
import { datasetQuestions } from './dataset-questions.js';
import { found } from './found.js';
import type { Parts } from './index.js';
import { specProblem } from './problems.js';

const mostKept = 100;

export interface ProfileRequest {
  tenantId: string;
  id: string;
  dataset: ProfiledData;
  seed: number;
}

export function profileService(parts: Parts) {
  const { db } = parts;
  /** Datasets never change, so neither does what was said of them. In order of use, the latest last. */
  const kept = new Map<string, Promise<Profile>>();
  const ask = datasetQuestions<ProfileTask, ProfileReply>('profile', parts);

  return {
    /** Throws Problem `not_found`, `invalid_spec` where `dataset` does not fit, `unavailable`. */
    async get({ tenantId, id, dataset, seed }: ProfileRequest): Promise<Profile> {
      const row = found(await getDataset(db, { tenantId, id }), 'dataset', id);
      const spec = resolved(() => resolveProfile(row.contents, dataset, seed));
      const key = JSON.stringify([id, spec]);
      const profile =
        kept.get(key) ?? ask(row, { spec }).then(({ profile }): Profile => ({ datasetId: id, ...profile }));
      kept.delete(key);
      kept.set(key, profile);
      for (const oldest of kept.keys()) {
        if (kept.size <= mostKept) break;
        kept.delete(oldest);
      }
      try {
        return await profile;
      } catch (error) {
        kept.delete(key);
        throw error;
      }
    },
  };
}

function resolved<T>(resolve: () => T): T {
  try {
    return resolve();
  } catch (error) {
    throw specProblem(error);
  }
}
