/**
 * Whether the patches of findings mend: each sick run against a fork with the patch of its code, of as many steps (but where
 * the patch is to take more), seed by seed. Judged by the loss on test rows, which chose nothing; imbalance by balanced
 * accuracy; leaks and duplicates on a hold-out that is clean of them.
 */
import type { FinalMetrics } from '../../src/engine/index.js';
import type { FindingCode } from '../../src/schemas/finding.js';
import { storeTable } from './datasets.js';
import { type Diagnosis, diagnose } from './diagnose.js';
import type { RunSpec } from './specs.js';

/** Nothing in a spec mends these: they are judged by being found. */
const unmendable: readonly FindingCode[] = [
  'noSignal',
  'distributionShift',
  'validationTooSmall',
  'tooLittleData',
  'constantFeatures',
];

const onHoldOut = ({ metrics }: Diagnosis) => metrics && (metrics.test ?? metrics.validation);
/** Less is better; a failed run is worst. */
const lossOf = (run: Diagnosis) => onHoldOut(run)?.values.loss ?? Number.POSITIVE_INFINITY;
const imbalance = (run: Diagnosis) => 1 - (onHoldOut(run)?.values['recall.macro'] ?? 0);
/** How much better validation makes the model than the hold-out does. */
const optimism = ({ metrics }: Diagnosis) => measured(metrics!, 'test') - measured(metrics!, 'validation');
const measured = (metrics: FinalMetrics, part: 'validation' | 'test') => metrics[part]!.values.loss;

const measures: Partial<Record<FindingCode, (run: Diagnosis) => number>> = {
  classImbalance: imbalance,
  duplicatesAcrossSplits: optimism,
};

/** The run with a hold-out that its sickness has not reached. */
function judged(run: RunSpec): RunSpec {
  const table = run.clean;
  if (!table) return run;
  const split = { type: 'column', column: 'part' };
  return {
    ...run,
    load: (seed) => storeTable(table(seed)),
    body: { ...run.body, dataset: { ...run.body.dataset, split } },
  };
}

export interface Verdict {
  run: RunSpec;
  /** Of each seed: the measure without and with the patch; null where nothing was found to be patched. */
  pairs: ([before: number, after: number] | null)[];
  better: boolean;
}

export async function judge(sick: RunSpec, seeds: number): Promise<Verdict | null> {
  const code = sick.expected;
  if (code === null || unmendable.includes(code)) return null;
  const run = judged(sick);
  const measure = measures[code] ?? lossOf;
  const pairs: Verdict['pairs'] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const before = await diagnose(run, { seed });
    const patch = before.findings.find((finding) => finding.code === code)?.patch;
    pairs.push(patch ? [measure(before), measure(await diagnose(run, { seed, patch }))] : null);
  }
  return { run, pairs, better: 2 * pairs.filter((pair) => pair && pair[1] < pair[0]).length > seeds };
}

export const describeVerdict = ({ run, pairs, better }: Verdict): string => {
  const shown = pairs.map((pair) => pair?.map((value) => value.toPrecision(3)).join(' → ') ?? 'not found');
  return `${better ? 'better' : 'NOT better'} | ${run.expected} | ${run.name} | ${shown.join(' | ')}`;
};
