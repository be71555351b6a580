/**
 * The suite of sick and healthy runs: what is found in them against what they have.
 *
 *     node dist/bench/findings.js [--side A|B|C|D] [--seeds 5] [--only <text>] [--json file] [--patches] [--verbose]
 */
import { parseArgs } from 'node:util';
import { diagnose } from './findings/diagnose.js';
import { describeVerdict, judge, type Verdict } from './findings/judge.js';
import { confusionOf, type Outcome } from './findings/report.js';
import { runsOf, sides } from './findings/specs.js';
import { writeJson } from './harness.js';

const { values: options } = parseArgs({
  options: {
    ...{
      side: { type: 'string', default: 'D' },
      seeds: { type: 'string', default: '5' },
      only: { type: 'string', default: '' },
    },
    ...{
      json: { type: 'string' },
      verbose: { type: 'boolean', default: false },
      patches: { type: 'boolean', default: false },
    },
  },
});
const patchSeeds = 3;
const outcomes: Outcome[] = [];
for (const run of runsOf(sides[options.side as 'A' | 'B' | 'C' | 'D']())) {
  if (!`${run.expected ?? 'healthy'} ${run.name}`.includes(options.only)) continue;
  const startedAt = performance.now();
  for (let seed = 1; seed <= Number(options.seeds); seed++) {
    const { findings } = await diagnose(run, { seed });
    outcomes.push({ run, seed, found: findings.map(({ code }) => code) });
    if (options.verbose)
      for (const { code, title, evidence } of findings)
        console.log(run.name, seed, code, title, JSON.stringify(evidence));
  }
  const of = outcomes.filter((outcome) => outcome.run === run);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(
    `${run.expected ?? 'healthy'} | ${run.name} | ${seconds} s | ${of.map(({ found }) => found.join(' ') || '–').join(' | ')}`,
  );
}
if (options.patches) {
  const verdicts: Verdict[] = [];
  for (const { run } of outcomes.filter(({ seed }) => seed === 1)) {
    const verdict = await judge(run, patchSeeds);
    if (!verdict) continue;
    verdicts.push(verdict);
    console.log(describeVerdict(verdict));
  }
  const better = verdicts.filter((verdict) => verdict.better).length;
  console.log(`patches better in ${better} of ${verdicts.length} mendable cases`);
}
const report = confusionOf(outcomes);
console.log(report.text);
if (options.json) writeJson(options.json, report.summary);
