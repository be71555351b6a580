/** What `npm run fuzz` was asked for. */
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '5000' }, seed: { type: 'string', default: '1' } },
});

export const [requests, seed] = [Number(values.requests), Number(values.seed)];

/** Memory is compared between the first tenth and the last, each of one round at least. */
export const perRound = 500;

if (!Number.isInteger(requests) || !Number.isInteger(seed) || requests < 2 * perRound || requests % perRound) {
  throw new Error(
    `usage: npm run fuzz -- [--requests N] [--seed S], N a multiple of ${perRound}, at least ${2 * perRound}`,
  );
}
