/** The profile of what ingest wrote, by what it holds. Runs in the profile process (workers/profile.ts). */
import type { ResolvedImagesSpec } from '../../schemas/dataset-spec.js';
import type { Profile } from '../../schemas/profile.js';
import type { StoredDataset } from '../stored-dataset.js';
import { profileImages } from './profile-images.js';
import { profileTable, type TableRequest } from './profile-table.js';
import { profileText } from './profile-text.js';

/** What is looked at, resolved against the dataset: resolve-profile.ts. */
export type ProfileSpec =
  | ({ kind: 'table' } & TableRequest)
  | { kind: 'images'; split: ResolvedImagesSpec['split']; dropsDuplicates: boolean; seed: number }
  | { kind: 'text' };

type WithoutId<Whole> = Whole extends unknown ? Omit<Whole, 'datasetId'> : never;
export type UnnamedProfile = WithoutId<Profile>;

/** Throws DataError where the spec does not fit the dataset. */
export function profileDataset(stored: StoredDataset, spec: ProfileSpec): UnnamedProfile {
  if (stored.kind === 'table' && spec.kind === 'table') return profileTable(stored.columns, spec);
  if (stored.kind === 'images' && spec.kind === 'images') return profileImages(stored.images, spec);
  if (stored.kind === 'text') return profileText(stored.text);
  throw new Error(`a profile of ${spec.kind} was asked of a dataset of ${stored.kind}`);
}
