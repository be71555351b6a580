/** Trains a run again from one checkpoint to another, in a process of its own: the API's must not train. */
import { askProcess, type Failure } from './ask-process.js';
import type { TrainTask } from './protocol.js';

export interface ReplayRequest
  extends Pick<
    TrainTask,
    'spec' | 'datasetPath' | 'resume' | 'inherit' | 'initialized' | 'kernels' | 'threads' | 'rowStore'
  > {
  stopAt: NonNullable<TrainTask['stopAt']>;
}

/** `failure`: why it could not be trained again. */
export type ReplayReply = { sha256: string } | Failure;

/** The SHA-256 of the checkpoint at `stopAt`. */
export const replay = (request: ReplayRequest, limits: { limitMs: number }): Promise<ReplayReply> =>
  askProcess('replay', request, limits);
