/** What the profile process (workers/profile.ts) is asked and what it answers. */
import type { ProfileSpec, UnnamedProfile } from './profile.js';

export interface ProfileTask {
  /** Of the file that ingest wrote. */
  path: string;
  spec: ProfileSpec;
}

export interface ProfileReply {
  profile: UnnamedProfile;
}
