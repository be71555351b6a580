/** What a dataset is like, as a job would use it: computed in a process of its own, and kept while the service runs. */
import { DataError } from '../data/errors.js';
import type { ProfileSpec } from '../data/profile/profile.js';
import type { ProfileReply, ProfileTask } from '../data/profile/protocol.js';
import { resolveProfile } from '../data/profile/resolve-profile.js';
import { Problem } from '../errors.js';
import { askProcess } from '../run/ask-process.js';
import type { ProfiledData } from '../schemas/dataset-spec.js';
import type { Profile } from '../schemas/profile.js';
import { type DatasetRow, getDataset } from '../store/datasets.js';
import { found } from './found.js';
import type { Parts } from './index.js';
import { specProblem } from './problems.js';

const limitMs = 120_000;
const mostKept = 100;
const mostWaiting = 16;

export interface ProfileRequest {
  tenantId: string;
  id: string;
  dataset: ProfiledData;
  seed: number;
}

export function profileService({ db, artifacts }: Parts) {
  /** Datasets never change, so neither does what was said of them. In order of use, the latest last. */
  const kept = new Map<string, Promise<Profile>>();
  /** One at a time: it takes a core, which the API needs. */
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  async function compute({ id, artifactKey, artifactSha256 }: DatasetRow, spec: ProfileSpec): Promise<Profile> {
    const task: ProfileTask = { path: await artifacts.localPath(artifactKey, artifactSha256), spec };
    const reply = await askProcess<ProfileReply>('profile', task, { limitMs });
    if ('failure' in reply) throw new Problem('unavailable', `${id}: no profile, since ${reply.failure}`);
    if ('profile' in reply) return { datasetId: id, ...reply.profile };
    const { code, message, details } = reply.dataError;
    throw specProblem(new DataError(code, message, details));
  }

  function inTurn(row: DatasetRow, spec: ProfileSpec): Promise<Profile> {
    if (waiting >= mostWaiting) {
      throw new Problem('unavailable', 'Many datasets are being profiled', { retryable: true, retryAfter: 10 });
    }
    waiting++;
    const profile = last.then(() => compute(row, spec)).finally(() => waiting--);
    last = profile.catch(() => undefined); // whoever asked for it is told
    return profile;
  }

  return {
    /** Throws Problem `not_found`, `invalid_spec` where `dataset` does not fit, `unavailable`. */
    async get({ tenantId, id, dataset, seed }: ProfileRequest): Promise<Profile> {
      const row = found(await getDataset(db, { tenantId, id }), 'dataset', id);
      const spec = resolved(() => resolveProfile(row.contents, dataset, seed));
      const key = JSON.stringify([id, spec]);
      const profile = kept.get(key) ?? inTurn(row, spec);
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
