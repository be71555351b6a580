/** What the profile process (workers/profile.ts) is asked and what it answers. */
import type { DataErrorDetails } from '../errors.js';
import type { ProfileSpec, UnnamedProfile } from './profile.js';

export interface ProfileTask {
  /** Of the file that ingest wrote. */
  path: string;
  spec: ProfileSpec;
}

export type ProfileReply =
  | { profile: UnnamedProfile }
  | { dataError: { code: string; message: string; details: DataErrorDetails } };
