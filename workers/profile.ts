/** The profile process: reads one dataset, answers what it is like, ends. Its parent is src/services/profiles.ts. */
import { DataError } from '../src/data/errors.js';
import { profileDataset } from '../src/data/profile/profile.js';
import type { ProfileReply, ProfileTask } from '../src/data/profile/protocol.js';
import { openDataset } from '../src/data/stored-dataset.js';
import { answerOnce } from '../src/run/answer-once.js';

answerOnce(async ({ path, spec }: ProfileTask): Promise<ProfileReply> => {
  const stored = openDataset(path);
  try {
    return { profile: profileDataset(stored, spec) };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    const { code, message, details } = error;
    return { dataError: { code, message, details } };
  }
});
