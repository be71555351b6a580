/** Tables of which a column says what each row is for, so that a test knows what a job trained, validated and tested on. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../src/paths.js';
import type { Job } from '../../src/schemas/job.js';
import { consumerOf } from '../run/support.js';
import { csv, submit, type TestApi } from './support.js';
import { upload } from './training.js';

export type Part = 'train' | 'validation' | 'test';
/** As predict takes it. */
type Row = Record<string, string | number | null>;

/** An example's lines, the header first. */
export async function exampleLines(name: 'penguins' | 'mpg'): Promise<string[]> {
  const text = await readFile(join(projectRoot, `examples/data/${name}.csv`), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => line.trim());
}

/** Of four rows two train, one validates and one tests. */
export const partOf = (row: number): Part => (row % 4 === 3 ? 'test' : row % 4 === 2 ? 'validation' : 'train');

export const linesOf = ([, ...lines]: readonly string[], part: Part): string[] =>
  lines.filter((_, row) => partOf(row) === part);

export function rowsOf(lines: readonly string[], part: Part): Row[] {
  const names = lines[0]!.split(',');
  const valueIn = (cell: string) => (cell === '' ? null : Number.isNaN(Number(cell)) ? cell : Number(cell));
  return linesOf(lines, part).map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, at) => [name, valueIn(cells[at] ?? '')]));
  });
}

/** The job once it has succeeded, in this process. */
export async function finished(api: TestApi, spec: object): Promise<Job> {
  const { id } = await submit(api, spec);
  await (await consumerOf(api.parts)).run({ jobId: id, generation: 1 });
  const job = (await api.inject({ url: `/v1/jobs/${id}` })).json<Job>();
  assert.equal(job.state, 'succeeded', JSON.stringify(job.error));
  return job;
}

/** A job that learnt an example by the parts of its rows. */
export async function learnt(api: TestApi, lines: readonly string[], target: string): Promise<Job> {
  const [header, ...rows] = lines;
  const parted = [`${header},part`, ...rows.map((line, row) => `${line},${partOf(row)}`)].join('\n');
  const { id } = await upload(api, csv(parted, 'parted.csv'));
  const dataset = { id, target, split: { type: 'column', column: 'part' } };
  return finished(api, { dataset, model: { type: 'mlp' }, training: { epochs: 8 } });
}
