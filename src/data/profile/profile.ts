/** The profile of what ingest wrote, by what it holds. Runs in the profile process (workers/profile.ts). */
import type { ResolvedColumnsSpec, ResolvedImagesSpec } from '../../schemas/dataset-spec.js';
import type { Profile } from '../../schemas/profile.js';
import type { StoredDataset } from '../stored-dataset.js';
import { profileImages } from './profile-images.js';
import { profileTable } from './profile-table.js';
import { profileText } from './profile-text.js';

/** The part of a job's `dataset` that a profile looks at, with its defaults. */
export interface ProfileSpec {
  target: string | null;
  ignore: readonly string[];
  /** null: of a text. */
  split: ResolvedColumnsSpec['split'] | ResolvedImagesSpec['split'] | null;
  seed: number;
}

type WithoutId<Whole> = Whole extends unknown ? Omit<Whole, 'datasetId'> : never;
export type UnnamedProfile = WithoutId<Profile>;

/** Throws DataError where the spec does not fit the dataset. */
export function profileDataset(stored: StoredDataset, { target, ignore, split, seed }: ProfileSpec): UnnamedProfile {
  switch (stored.kind) {
    case 'table':
      return profileTable(stored.columns, { target, ignore, split: split as ResolvedColumnsSpec['split'], seed });
    case 'images':
      return profileImages(stored.images, { split: split as ResolvedImagesSpec['split'], seed });
    case 'text':
      return profileText(stored.text);
    default:
      throw new Error(`dataset ${stored satisfies never}`);
  }
}
