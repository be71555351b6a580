/** What `npm run chaos` was asked for. */
import { parseArgs } from 'node:util';
import { faultTypes } from './faults.js';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    queue: { type: 'string', default: 'postgres' },
    artifacts: { type: 'string', default: 'files' },
    only: { type: 'string' },
    'no-fencing': { type: 'boolean', default: false },
  },
});

export const { queue, artifacts, 'no-fencing': unfenced } = values;
export const [count, seed] = [Number(values.kills), Number(values.seed)];
export const only = faultTypes.find((type) => type === values.only);

const isKnown = /^(postgres|redis) (files|s3)$/.test(`${queue} ${artifacts}`) && only === values.only;
if (!Number.isInteger(count) || !Number.isInteger(seed) || !isKnown) {
  throw new Error(
    'usage: npm run chaos -- [--kills N] [--seed S] [--queue postgres|redis] [--artifacts files|s3] ' +
      `[--only ${faultTypes.join('|')}] [--no-fencing]`,
  );
}
