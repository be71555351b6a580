/**
 * Whole trainings: does our engine learn what PyTorch learns by the same recipe, as much as it must, and in what time?
 * Exits with 1 where a bound is missed.
 *
 *     npm run bench:learning -- [task…] [--seeds n] [--no-torch] [--json file]
 *
 * KERNELS and THREADS (1) are as in the service; PyTorch gets as many threads.
 */
import { parseArgs } from 'node:util';
import { chooseKernels, type KernelsRequest } from '../src/engine/index.js';
import { machine, writeJson } from './harness.js';
import { type Outcome, torchDoes, weLearn } from './learning/learn.js';
import { TASKS, type Task } from './learning/tasks.js';
import { findTorch } from './peers/torch.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    seeds: { type: 'string', default: '3' },
    'no-torch': { type: 'boolean', default: false },
  },
});
const wanted = positionals.length > 0 ? positionals : Object.keys(TASKS);
const unknown = wanted.filter((name) => !(name in TASKS));
if (unknown.length > 0) throw new Error(`no task ${unknown.join(', ')}; there are ${Object.keys(TASKS).join(', ')}`);
const seeds = Array.from({ length: Number(options.seeds) }, (_, index) => index + 1);
const threads = Number(process.env['THREADS'] ?? 1);
const { factory: kernels, reason } = chooseKernels((process.env['KERNELS'] ?? 'auto') as KernelsRequest);
const python = options['no-torch'] ? null : findTorch();

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What a learner's runs come to. */
function summaryOf(outcomes: readonly Outcome[], metric: Task['metric']) {
  const values = outcomes.map((outcome) => outcome[metric]);
  return { values, mean: mean(values), seconds: mean(outcomes.map(({ seconds }) => seconds)) };
}

/** Whether `value` is as good as `bound`, or better. */
const reaches = (metric: Task['metric'], value: number, bound: number): boolean =>
  metric === 'accuracy' ? value >= bound : value <= bound;

async function learn(name: string, task: Task) {
  const { metric, margin, title } = task;
  const loaded = task.load();
  const [ours, torch]: [Outcome[], Outcome[]] = [[], []];
  let version: string | null = null;
  for (const seed of seeds) {
    ours.push(await weLearn(task, loaded, { seed, threads, kernels }));
    if (python === null) continue;
    const outcome = torchDoes(python, task, loaded, { seed, threads });
    torch.push(outcome);
    version = outcome.version;
  }
  const we = summaryOf(ours, metric);
  const peer = torch.length > 0 ? summaryOf(torch, metric) : null;
  const { bound, reference } = loaded;
  const worst = peer === null ? null : peer.mean + (metric === 'accuracy' ? -margin : margin);
  const checks = [
    { of: reference, bound, met: reaches(metric, we.mean, bound) },
    ...(worst === null
      ? []
      : [{ of: `PyTorch’s mean, ${margin} off`, bound: worst, met: reaches(metric, we.mean, worst) }]),
  ];
  return { name, title, metric, ours: we, torch: peer, checks, version };
}

const list = (values: readonly number[]): string => values.map((value) => value.toFixed(4)).join(' ');

console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}; ${threads} thread(s) each`);
console.log(`${reason}; PyTorch: ${python ?? (options['no-torch'] ? 'left out' : 'no Python that has it')}`);
const results = [];
for (const name of wanted) {
  const result = await learn(name, TASKS[name]!);
  results.push(result);
  const { title, metric, ours, torch, checks, version } = result;
  console.log(`\n${name}: ${title}; ${metric} on the test`);
  const learners = [['ours', ours], ...(torch === null ? [] : [[`PyTorch ${version}`, torch]])] as [
    string,
    typeof ours,
  ][];
  for (const [learner, { mean, values, seconds }] of learners) {
    console.log(`${learner.padEnd(24)} ${mean.toFixed(4)}  (${list(values)})  ${seconds.toFixed(1)} s a run`);
  }
  const comparison = metric === 'accuracy' ? 'at least' : 'at most';
  for (const { of, bound, met } of checks) {
    console.log(`${met ? '✓ met' : '✗ missed'}: ${comparison} ${bound.toFixed(4)} (${of})`);
  }
}
writeJson(options.json, { machine: { ...machine, threads, kernels: reason }, seeds, results });
if (results.some(({ checks }) => checks.some(({ met }) => !met))) process.exitCode = 1;
