/** What the benchmarks share: contenders measured in turns in one run, so that a ratio holds whatever the machine does meanwhile. */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** Something that takes steps of equal work. */
export interface Contender {
  /** Takes `steps` steps; seconds they took. */
  run(steps: number): Promise<number> | number;
  close?(): void;
}

/** Seconds that `work` takes. */
export function secondsOf(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

/** Short, so that some samples fall between what else the machine does. */
const SAMPLE_SECONDS = 0.03;
/** V8 compiles a WebAssembly function anew, with optimisation, while it runs: before that it has a quarter of its speed. */
const WARM_UP_SECONDS = 0.3;
const MIN_ROUNDS = 3;

/**
 * Seconds a step of each contender: the quickest of its samples, since other load only ever adds. Samples are taken in turns,
 * `rounds` of each, or fewer where that would take longer than `seconds`.
 */
export async function measureInTurns<Name extends string>(
  contenders: Readonly<Record<Name, Contender>>,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<Record<Name, number>> {
  const quickest = new Map<Name, { steps: number; seconds: number }>();
  for (const name of Object.keys(contenders) as Name[]) {
    let [warm, last, steps] = [0, 0, 1];
    while (warm < WARM_UP_SECONDS) {
      last = (await contenders[name].run(steps)) / steps;
      warm += last * steps;
      steps = Math.max(1, Math.ceil(SAMPLE_SECONDS / last));
    }
    quickest.set(name, { steps, seconds: last });
  }
  const start = performance.now();
  for (let round = 0; round < rounds; round++) {
    if (round >= MIN_ROUNDS && performance.now() - start > 1000 * seconds) break;
    for (const [name, best] of quickest) {
      best.seconds = Math.min(best.seconds, (await contenders[name].run(best.steps)) / best.steps);
    }
  }
  return Object.fromEntries([...quickest].map(([name, { seconds }]) => [name, seconds])) as Record<Name, number>;
}

export const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };

export function writeJson(path: string | undefined, value: unknown): void {
  if (path !== undefined) writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}
