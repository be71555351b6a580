/**
 * `npm run demo`: a CSV becomes a trained model over HTTP. Starts Trainyard as a child process, uploads the penguins,
 * trains a classifier while a line shows how it goes, prints what came out, and stops everything it started.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../src/config.js';
import { projectRoot } from '../src/paths.js';
import type { TableDataset } from '../src/schemas/dataset.js';
import type { Job, Progress, SplitMetrics } from '../src/schemas/job.js';
import type { Metrics, Prediction } from '../src/schemas/run.js';
import { DirectoryInUseError, lockDirectory } from '../src/supervisor/directory-lock.js';

const csvPath = join(projectRoot, 'examples/data/penguins.csv');
const program = fileURLToPath(new URL('../src/main.js', import.meta.url));
const startTimeoutMs = 60_000;
const pollMs = 50;

const print = (text = ''): void => void process.stdout.write(`${text}\n`);
const percent = (share: unknown): string => `${(100 * Number(share)).toFixed(1)} %`;

// ── the service ───────────────────────────────────────────────────────────────────────────────────────────────────

interface Service {
  url: string;
  stop(): Promise<void>;
}

/** The configured data directory, or a temporary one while another Trainyard has that. */
async function chooseDataDir(): Promise<{ dataDir: string; remove(): Promise<void> }> {
  const { dataDir } = loadConfig();
  try {
    const unlock = await lockDirectory(dataDir);
    unlock(); // it was free: the service takes it
    return { dataDir, remove: async () => undefined };
  } catch (error) {
    if (!(error instanceof DirectoryInUseError)) throw error;
    const temporary = await mkdtemp(join(tmpdir(), 'trainyard-demo-'));
    return { dataDir: temporary, remove: () => rm(temporary, { recursive: true, force: true }) };
  }
}

async function startService(signal: AbortSignal): Promise<Service> {
  const { dataDir, remove } = await chooseDataDir();
  const env = { ...process.env, HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'error' };
  // Detached, so that Ctrl-C reaches this process alone, which then stops the service in order.
  const child = spawn(process.execPath, [program], { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = async () => {
    await end(child);
    await remove();
  };
  try {
    return { url: await readyUrl(child, signal), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Resolves when the service says that it is ready; rejects with what it said if it ends instead. */
function readyUrl(child: ChildProcess, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk;
      const url = /ready at (\S+)/.exec(said)?.[1];
      if (url) resolve(url);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Trainyard ended with code ${code}:\n${said}`)));
    const timeout = AbortSignal.any([signal, AbortSignal.timeout(startTimeoutMs)]);
    timeout.addEventListener('abort', () => reject(timeout.reason));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

// ── the client ────────────────────────────────────────────────────────────────────────────────────────────────────

/** A request and its JSON; a problem document becomes an Error that says what it says. */
async function call<T>(url: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, init);
  const body: unknown = await response.json();
  if (!response.ok)
    throw new Error(`${init.method ?? 'GET'} ${url}: ${response.status} ${JSON.stringify(body, null, 2)}`);
  return body as T;
}

const jsonBody = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

async function upload(api: string, signal: AbortSignal): Promise<TableDataset> {
  const form = new FormData();
  form.set('file', new Blob([await readFile(csvPath)], { type: 'text/csv' }), 'penguins.csv');
  return call<TableDataset>(`${api}/datasets`, { method: 'POST', body: form, signal });
}

async function follow(api: string, id: string, signal: AbortSignal): Promise<Job> {
  const line = new ProgressLine();
  for (;;) {
    const job = await call<Job>(`${api}/jobs/${id}`, { signal });
    const query = 'names=train.loss,validation.accuracy&maxPoints=2';
    const { series } = await call<Metrics>(`${api}/jobs/${id}/metrics?${query}`, { signal });
    const latest = (name: string) => series.find((one) => one.name === name)?.values.at(-1);
    const [loss, accuracy] = [latest('train.loss'), latest('validation.accuracy')];
    line.show(describeProgress(job, loss, accuracy), `${job.state} ${Math.floor((job.progress?.percent ?? 0) / 10)}`);
    if (job.finishedAt !== null) {
      line.end();
      return job;
    }
    await sleep(pollMs, undefined, { signal });
  }
}

// ── what it prints ────────────────────────────────────────────────────────────────────────────────────────────────

/** One line that is written over on a terminal; elsewhere, a line for each tenth of the way. */
class ProgressLine {
  #tenth = '';

  show(text: string, tenth: string): void {
    if (process.stdout.isTTY) process.stdout.write(`\r\x1b[2K${text}`);
    else if (tenth !== this.#tenth) print(text);
    this.#tenth = tenth;
  }

  end(): void {
    if (process.stdout.isTTY) print();
  }
}

const barWidth = 30;

function describeProgress({ state, progress }: Job, loss: unknown, accuracy: unknown): string {
  if (progress === null) return `${state.padEnd(10)} waiting for its first step`;
  const { percent: done, stepsPerSecond, etaSeconds } = progress satisfies Progress;
  const filled = Math.round((done / 100) * barWidth);
  const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
  return [
    state.padEnd(10),
    `${bar} ${done.toFixed(0).padStart(3)} %`,
    `${Math.round(stepsPerSecond ?? 0).toLocaleString('en')} steps/s`,
    `ETA ${(etaSeconds ?? 0).toFixed(1)} s`,
    ...(loss === undefined ? [] : [`loss ${Number(loss).toFixed(4)}`]),
    ...(accuracy === undefined ? [] : [`validation accuracy ${percent(accuracy)}`]),
  ].join('  ');
}

function printTest({ rows, values, confusion = [], classes = [] }: SplitMetrics): void {
  const { accuracy, precision, recall, f1 } = values;
  print(`\nTest split (${rows} rows the model has never seen)`);
  print(
    `  accuracy ${percent(accuracy)}   precision ${percent(precision)}   recall ${percent(recall)}   F1 ${percent(f1)}`,
  );
  const names = classes.map(({ name }) => name);
  const width = Math.max(...names.map(({ length }) => length), 9) + 2;
  print('\nConfusion matrix (rows: actual, columns: predicted)');
  print(`  ${''.padEnd(width)}${names.map((name) => name.padStart(width)).join('')}`);
  for (const [actual, counts] of confusion.entries()) {
    print(`  ${names[actual]?.padEnd(width)}${counts.map((count) => String(count).padStart(width)).join('')}`);
  }
}

/** The row as it would stand in the CSV; the sex is missing. */
const unknownPenguin = {
  island: 'Biscoe',
  bill_length_mm: 47.5,
  bill_depth_mm: 15.0,
  flipper_length_mm: 218,
  body_mass_g: 4950,
  sex: null,
};

function printPrediction({ class: species, probabilities = {} }: Prediction): void {
  print(`\nPrediction for ${JSON.stringify(unknownPenguin)}`);
  const shares = Object.entries(probabilities).map(([name, share]) => `${name} ${percent(share)}`);
  print(`  ${species}   (${shares.join(', ')})`);
}

function printNextSteps(datasetId: string): void {
  const { port } = loadConfig();
  const base = `http://127.0.0.1:${port}`;
  print(`
The same by hand: \`npm start\`, then
  curl -F file=@examples/data/penguins.csv ${base}/v1/datasets
  curl -H 'content-type: application/json' ${base}/v1/jobs \\
    -d '{"name":"penguins","dataset":{"id":"${datasetId}","target":"species"},"model":{"type":"mlp"}}'
  documentation  ${base}/docs
  OpenAPI        ${base}/openapi.json`);
}

// ── the demo ──────────────────────────────────────────────────────────────────────────────────────────────────────

async function demo(url: string, signal: AbortSignal): Promise<void> {
  const api = `${url}/v1`;
  print(`Trainyard is at ${url}, its documentation at ${url}/docs and ${url}/openapi.json`);
  const dataset = await upload(api, signal);
  const columns = dataset.columns.map(
    ({ name, type, missing }) => `${name} (${type}${missing ? `, ${missing} missing` : ''})`,
  );
  print(`Uploaded ${dataset.name}: ${dataset.rowCount} rows\n  ${columns.join(', ')}`);

  // By default a run this small stops after 0.2 s, when validation no longer gets better: too soon to be watched.
  const watchable = { training: { epochs: 4000 }, earlyStopping: { type: 'none' } };
  const body = {
    ...{ name: 'penguins', dataset: { id: dataset.id, target: 'species' }, model: { type: 'mlp' } },
    ...watchable,
  };
  const submitted = await call<Job>(`${api}/jobs`, { ...jsonBody(body), signal });
  print(`Submitted ${submitted.id}: ${JSON.stringify(body)}`);
  const { state, error, result } = await follow(api, submitted.id, signal);
  if (result === null || result.metrics.test === null) throw new Error(`the job ${state}: ${JSON.stringify(error)}`);

  printTest(result.metrics.test);
  const predict = { ...jsonBody({ rows: [unknownPenguin] }), signal };
  const { predictions } = await call<{ predictions: Prediction[] }>(`${api}/models/${result.modelId}/predict`, predict);
  for (const prediction of predictions) printPrediction(prediction);
  printNextSteps(dataset.id);
}

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => interrupted.abort(new Error(`stopped by ${signal}`)));
}

try {
  print('Starting Trainyard: embedded PostgreSQL, the API and a consumer …');
  const service = await startService(interrupted.signal);
  try {
    await demo(service.url, interrupted.signal);
  } finally {
    await service.stop();
  }
  print('\nEverything that was started has been stopped.');
} catch (error) {
  const happened = interrupted.signal.aborted ? 'The demo was interrupted' : 'The demo failed';
  process.stderr.write(`\n${happened}: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
