/** When a message that was not taken is tried again: within three days, ever more rarely, and not all at the same moment. */

const minute = 60;
const hour = 60 * minute;
/** After the first try, the second, … : 71.6 hours in all. */
const waits = [5, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 20 * hour];

/** Seconds to wait after so many tries, 10 % more or less by `chance` in [0, 1); null: it was the last. */
export function secondsToNextTry(tries: number, chance = Math.random()): number | null {
  const wait = waits[tries - 1];
  return wait === undefined ? null : wait * (0.9 + 0.2 * chance);
}
