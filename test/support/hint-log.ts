/** A queue handler that keeps what it is given. */
import { EventEmitter, once } from 'node:events';
import type { HintHandler } from '../../src/queue/index.js';

export class HintLog {
  readonly jobIds: string[] = [];
  readonly #arrivals = new EventEmitter();

  readonly handler: HintHandler = async ({ jobId }) => {
    this.jobIds.push(jobId);
    this.#arrivals.emit('hint');
  };

  /** Resolves when `count` hints have come, in all. */
  async until(count: number): Promise<void> {
    while (this.jobIds.length < count) await once(this.#arrivals, 'hint');
  }
}
