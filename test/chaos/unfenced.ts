/** The control: what is cut out of the service so that stale writes are let through. */
import type { Edit } from './edited-build.js';

export const withoutFence: readonly Edit[] = [
  { file: 'src/store/fence.js', find: '.where("epoch", "=", run.epoch)', put: '' },
  { file: 'src/store/fence.js', find: '.where("state", "in", heldStates)', put: '' },
  { file: 'src/store/runs.js', find: '.where("epoch", "=", epoch).where("state", "in", heldStates)', put: '' },
];
