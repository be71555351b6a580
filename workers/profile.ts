/** The profile process: reads one dataset, answers what it is like, ends. Its parent is src/services/profiles.ts. */
import { profileDataset } from '../src/data/profile/profile.js';
import type { ProfileReply, ProfileTask } from '../src/data/profile/protocol.js';
import { answerOfDataset } from '../src/run/answer-of-dataset.js';

answerOfDataset((stored, { spec }: ProfileTask): ProfileReply => ({ profile: profileDataset(stored, spec) }));
