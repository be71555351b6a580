/**
 * What a profile of a large table costs: seconds and resident bytes of the profile process, for numbers, whole numbers and
 * categories in equal parts, beside the time that sorting each column of numbers once takes. Exits
 * with 1 above 5 s or 1 GB.
 *
 *     node dist/bench/profile.js [--rows n] [--columns n] [--json file]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Column, ColumnsWriter } from '../src/data/columns.js';
import { numberInfo } from '../src/data/number-info.js';
import { profileDataset } from '../src/data/profile/profile.js';
import { openDataset } from '../src/data/stored-dataset.js';
import { Draws } from '../src/engine/index.js';
import { machine, secondsOf, writeJson } from './harness.js';

const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
    rows: { type: 'string', default: '1000000' },
    columns: { type: 'string', default: '50' },
  },
});
const [rows, width] = [Number(options.rows), Number(options.columns)];
const [mostSeconds, mostBytes] = [5, 1e9];
const draws = new Draws(1, 0);
const numbers = (draw: () => number) =>
  Float64Array.from({ length: rows }, () => (draws.uniform() < 0.02 ? Number.NaN : draw()));
const towns = Array.from({ length: 30 }, (_, town) => `town${town}`);

const folder = await mkdtemp(join(tmpdir(), 'trainyard-profile-'));
try {
  const path = join(folder, 'table');
  const writer = new ColumnsWriter(folder, rows);
  for (let index = 0; index < width; index++) {
    const name = `c${index}`;
    if (index % 3 === 2) {
      const codes = Int32Array.from({ length: rows }, () => draws.integer(towns.length));
      const column: Column = { type: 'category', codes, values: towns };
      writer.add({ name, type: 'category', missing: 0, distinct: towns.length, values: [...towns] }, column);
    } else {
      const values = numbers(index % 3 === 0 ? () => draws.normal() : () => draws.integer(1000));
      const missing = values.reduce((count, value) => count + Number(Number.isNaN(value)), 0);
      writer.add({ name, missing, ...numberInfo(name, values) }, { type: 'number', values });
    }
  }
  await writer.finish(path);
  writer.close();

  const stored = openDataset(path);
  const split = { type: 'random', folds: null, validation: 0.2, test: 0.2, stratify: true } as const;
  const request = {
    kind: 'table',
    target: 'c0',
    ignore: [],
    split,
    complete: [],
    dropsDuplicates: false,
    seed: 1,
  } as const;
  const seconds = secondsOf(() => void profileDataset(stored, request));
  const residentBytes = process.resourceUsage().maxRSS * 1024;
  let sorting = 0;
  for (const { name } of stored.kind === 'table' ? stored.columns.info : []) {
    const column = stored.kind === 'table' ? stored.columns.column(name) : null;
    if (column?.type === 'number') sorting += secondsOf(() => void column.values.sort());
  }
  stored.close();
  console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`);
  console.log(
    `${rows} rows × ${width} columns: ${seconds.toFixed(1)} s, ${(residentBytes / 1e6).toFixed(0)} MB resident at most`,
  );
  console.log(
    `sorting the numbers alone takes ${sorting.toFixed(1)} s: the profile takes ${(seconds / sorting).toFixed(2)} of that`,
  );
  writeJson(options.json, { machine, rows, columns: width, seconds, residentBytes, sorting });
  if (seconds > mostSeconds || residentBytes > mostBytes) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true });
}
