/** A client that does not give up: whatever it asks is safe to repeat, and is repeated until it is answered. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dataset } from '../../src/schemas/dataset.js';
import type { Finding, Findings } from '../../src/schemas/finding.js';
import type { Job } from '../../src/schemas/job.js';
import type { Checkpoint, Event, Metrics } from '../../src/schemas/run.js';
import type { Sweep, SweepTrial } from '../../src/schemas/sweep-results.js';
import { type FileName, files, type Kind, kinds } from './load.js';

const patienceMs = 120_000;
/** A frozen API answers nothing, not even an error. */
const answerMs = 5000;
const pauseMs = 100;

/** File → the id of its dataset. */
export type Datasets = Record<FileName, string>;

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

export class Client {
  readonly #url: string;

  constructor(url: string) {
    this.#url = `${url}/v1`;
  }

  async upload(name: FileName): Promise<Dataset> {
    const body = new FormData();
    body.set('file', new Blob([files[name]()]), name);
    return this.#json(`/datasets`, { method: 'POST', body });
  }

  /** Equal keys give one job. `datasets`: ids by the name of their file. */
  submit(kind: Kind, datasets: Datasets, key: string): Promise<Job> {
    const { file, ...dataset } = kinds[kind].dataset;
    const body = JSON.stringify({ ...kinds[kind], name: kind, dataset: { id: datasets[file], ...dataset } });
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    return this.#json('/jobs', { method: 'POST', body, headers });
  }

  sweep(body: object, key: string): Promise<Sweep> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    return this.#json('/sweeps', { method: 'POST', body: JSON.stringify(body), headers });
  }

  async untilSwept(id: string): Promise<Sweep> {
    for (;;) {
      const sweep = await this.#json<Sweep>(`/sweeps/${id}`);
      if (sweep.finishedAt !== null) return sweep;
      await sleep(pauseMs);
    }
  }

  trials(id: string): Promise<SweepTrial[]> {
    return this.#all(`/sweeps/${id}/trials?limit=200`);
  }

  job(id: string): Promise<Job> {
    return this.#json(`/jobs/${id}`);
  }

  async untilEnded(id: string): Promise<Job> {
    for (;;) {
      const job = await this.job(id);
      if (job.finishedAt !== null) return job;
      await sleep(pauseMs);
    }
  }

  jobs(): Promise<Job[]> {
    return this.#all('/jobs?limit=200');
  }

  events(id: string): Promise<Event[]> {
    return this.#all(`/jobs/${id}/events?limit=200`);
  }

  checkpoints(id: string): Promise<Checkpoint[]> {
    return this.#all(`/jobs/${id}/checkpoints?limit=200`);
  }

  /** Every segment: what a rollback undid is kept too. */
  metrics(id: string): Promise<Metrics> {
    return this.#json(`/jobs/${id}/metrics?segment=all`);
  }

  async findings(id: string): Promise<Finding[]> {
    return (await this.#json<Findings>(`/jobs/${id}/findings`)).items;
  }

  async file(checkpointId: string): Promise<Uint8Array> {
    return new Uint8Array(await (await this.#ask(`/checkpoints/${checkpointId}/file`)).arrayBuffer());
  }

  async #all<Item>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Page<Item> = await this.#json(`${path}${cursor && `&cursor=${cursor}`}`);
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items;
  }

  async #json<T>(path: string, init?: RequestInit): Promise<T> {
    return (await (await this.#ask(path, init)).json()) as T;
  }

  /** The first answer that is neither an outage nor a lost connection. */
  async #ask(path: string, init: RequestInit = {}): Promise<Response> {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const asked = fetch(this.#url + path, { ...init, signal: AbortSignal.timeout(answerMs) });
      const answer = await asked.catch((error: unknown) => error as Error);
      if (answer instanceof Response && answer.ok) return answer;
      const said = answer instanceof Response ? `${answer.status} ${await answer.text()}` : String(answer);
      const final = answer instanceof Response && answer.status < 500;
      if (final || performance.now() > deadline) throw new Error(`${init.method ?? 'GET'} ${path}: ${said}`);
      await sleep(pauseMs);
    }
  }
}
