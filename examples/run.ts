/**
 * `npm run example -- <name> [folder]`: one of examples/jobs on a Trainyard that runs already (`npm start`). Uploads the
 * data, submits the job, shows how it goes, and prints what came out. The folder is that of Fashion-MNIST's four files.
 */
import { openAsBlob } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig } from '../src/config.js';
import { projectRoot } from '../src/paths.js';
import type { Dataset } from '../src/schemas/dataset.js';
import type { Generation } from '../src/schemas/generate.js';
import type { Job } from '../src/schemas/job.js';
import { shuffledLines } from './shuffled-lines.js';

const api = `http://127.0.0.1:${loadConfig().port}/v1`;
const jobsFolder = join(projectRoot, 'examples/jobs');
const shakespeare = join(projectRoot, 'examples/data/tinyshakespeare.txt');
const pollMs = 1000;
const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** A request and its JSON; a problem document becomes an Error that says what it says. */
async function call<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(`${api}/${path}`, init);
  const body: unknown = await response.json();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(body, null, 2)}`);
  return body as T;
}

const post = <T>(path: string, body: object): Promise<T> =>
  call<T>(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** The parts of the upload by their fields: [field, content, file name]. */
async function dataOf(name: string, folder: string | undefined): Promise<[string, Blob, string][]> {
  if (name === 'bert-shuffled-lines') {
    const table = shuffledLines(await readFile(shakespeare, 'utf8'));
    return [['file', new Blob([table]), 'shuffled-lines.csv']];
  }
  if (name.endsWith('shakespeare')) return [['file', await openAsBlob(shakespeare), 'tinyshakespeare.txt']];
  if (folder === undefined) throw new Error(`${name}: name the folder of Fashion-MNIST's four files`);
  const files = {
    images: 'train-images-idx3-ubyte.gz',
    labels: 'train-labels-idx1-ubyte.gz',
    testImages: 't10k-images-idx3-ubyte.gz',
    testLabels: 't10k-labels-idx1-ubyte.gz',
  };
  return Promise.all(
    Object.entries(files).map(
      async ([field, file]): Promise<[string, Blob, string]> => [field, await openAsBlob(join(folder, file)), file],
    ),
  );
}

async function finished(id: string): Promise<Job> {
  for (;;) {
    const job = await call<Job>(`jobs/${id}`);
    const { state, progress, error } = job;
    if (state === 'succeeded') return job;
    if (state === 'failed' || state === 'cancelled') throw new Error(`the job ${state}: ${JSON.stringify(error)}`);
    const { step, totalSteps, etaSeconds } = progress ?? { step: 0, totalSteps: '…', etaSeconds: null };
    print(`${state}, step ${step} of ${totalSteps}${etaSeconds === null ? '' : `, ${Math.round(etaSeconds)} s left`}`);
    await sleep(pollMs);
  }
}

async function run(name: string, folder: string | undefined): Promise<void> {
  const body = JSON.parse(await readFile(join(jobsFolder, `${name}.json`), 'utf8')) as { dataset: object };
  const form = new FormData();
  for (const [field, content, fileName] of await dataOf(name, folder)) form.set(field, content, fileName);
  const { id } = await call<Dataset>('datasets', { method: 'POST', body: form });
  const submitted = await post<Job>('jobs', { name, ...body, dataset: { id, ...body.dataset } });
  const { result, spec } = await finished(submitted.id);
  const { modelId, metrics } = result!;
  for (const [split, measured] of Object.entries(metrics)) {
    if (measured) print(`${split}: ${measured.rows} rows, ${JSON.stringify(measured.values)}`);
  }
  print(`model ${modelId}`);
  if (spec.task !== 'languageModel') return;
  const asked = { prompt: 'ROMEO:\n', maxTokens: 300, temperature: 0.8, topK: 20 };
  print((await post<Generation>(`models/${modelId}/generate`, asked)).text);
}

const names = (await readdir(jobsFolder)).map((file) => parse(file).name).sort();
const [name, folder] = process.argv.slice(2);
if (name !== undefined && names.includes(name)) await run(name, folder);
else {
  process.stderr.write(`npm run example -- <name> [folder]: expected one of ${names.join(', ')}, got ${name}\n`);
  process.exitCode = 1;
}
