/** Recall, false alarms and spurious codes of the suite, with Wilson's intervals: over specs, since seeds of one are alike. */
import type { FindingCode } from '../../src/schemas/finding.js';
import type { RunSpec } from './specs.js';

export interface Outcome {
  run: RunSpec;
  seed: number;
  found: FindingCode[];
}

/** Wilson's 95 % interval of a share. */
export function wilson(hits: number, of: number): [low: number, high: number] {
  const z = 1.96;
  const share = hits / of;
  const centre = (share + z ** 2 / (2 * of)) / (1 + z ** 2 / of);
  const half = (z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2))) / (1 + z ** 2 / of);
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

const spuriousOf = ({ run, found }: Outcome) =>
  found.filter((code) => code !== run.expected && !run.allowed.includes(code));
const shown = ([low, high]: [number, number]) => `${low.toFixed(3)} … ${high.toFixed(3)}`;

export function confusionOf(outcomes: readonly Outcome[]) {
  const sick = outcomes.filter(({ run }) => run.expected !== null);
  const healthy = outcomes.filter(({ run }) => run.expected === null);
  const isHit = ({ run, found }: Outcome) => found.includes(run.expected!);
  const specs = [...new Set(sick.map(({ run }) => run))];
  const bySpec = specs.map((run) => {
    const of = sick.filter((outcome) => outcome.run === run);
    return { run, hits: of.filter(isHit).length, runs: of.length, spurious: of.flatMap(spuriousOf) };
  });
  const hits = sick.filter(isHit).length;
  const whole = bySpec.filter(({ hits, runs }) => 2 * hits > runs).length;
  const alarms = healthy.flatMap((outcome) => spuriousOf(outcome).map((code) => ({ code, ...outcome })));
  const alarmed = new Set(alarms.map(({ run, seed }) => `${run.name} ${seed}`)).size;
  const spurious = sick.flatMap(spuriousOf);
  const lines = [
    '',
    '| expected | spec | found | spurious |',
    '| --- | --- | --- | --- |',
    ...bySpec.map(
      ({ run, hits, runs, spurious }) =>
        `| ${run.expected} | ${run.name} | ${hits} / ${runs} | ${countsOf(spurious)} |`,
    ),
    '',
    `recall ${hits} / ${sick.length} runs = ${(hits / sick.length).toFixed(3)}; ${whole} / ${specs.length} specs, ${shown(wilson(whole, specs.length))}`,
    `healthy runs with an alarm ${alarmed} / ${healthy.length}, ${shown(wilson(alarmed, Math.max(1, healthy.length)))}: ${alarms.map(({ run, seed, code }) => `${run.name} ${seed} ${code}`).join(', ')}`,
    `spurious codes on sick runs ${spurious.length} in ${sick.length}: ${countsOf(spurious)}`,
  ];
  const summary = {
    recall: hits / sick.length,
    sickRuns: sick.length,
    sickSpecs: specs.length,
    foundSpecs: whole,
    healthyRuns: healthy.length,
    alarmed,
    spurious: spurious.length,
  };
  return { text: lines.join('\n'), summary };
}

function countsOf(codes: readonly FindingCode[]): string {
  const counts = new Map<FindingCode, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, count]) => `${code} ${count}`).join(', ');
}
