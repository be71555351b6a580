/**
 * The programs that use generated clients: one scenario, and for each generator how its client says the same. They are
 * texts, since what they import is made by the test.
 */

export const scenario = `
export interface Api {
  upload(file: Blob): Promise<string>;
  plan(body: typeof spec & { dataset: { id: string; target: string } }): Promise<number>;
  submit(body: typeof spec & { dataset: { id: string; target: string } }): Promise<string>;
  job(id: string): Promise<{ state: string; modelId: string | undefined }>;
  metrics(id: string): Promise<string[]>;
  checkpoint(id: string): Promise<Blob>;
  predict(model: string): Promise<string | undefined>;
}
export const base = process.argv[2]!;
export const rows = [{ island: 'Biscoe', bill_length_mm: 46.1, sex: null }];
const spec = { model: { type: 'mlp' as const, hidden: [8] }, training: { epochs: 5 } };

/** Upload, plan, submit, poll, metrics, checkpoint, predict. */
export async function run(api: Api): Promise<void> {
  const csv = await (await import('node:fs/promises')).readFile(process.argv[3]!);
  const id = await api.upload(new File([csv], 'penguins.csv', { type: 'text/csv' }));
  const body = { ...spec, dataset: { id, target: 'species' } };
  const parameters = await api.plan(body);
  const job = await api.submit(body);
  let found = await api.job(job);
  for (; !['succeeded', 'failed'].includes(found.state); found = await api.job(job)) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const series = await api.metrics(job);
  const header = Buffer.from(await (await api.checkpoint(job)).arrayBuffer()).subarray(8, 10).toString();
  console.log(JSON.stringify({ parameters, state: found.state, series, header, species: await api.predict(found.modelId!) }));
}
/** What an answer must hold. */
export function given<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error('nothing was answered');
  return value;
}
`;

const openapiFetch = `
import createClient from 'openapi-fetch';
import type { paths } from './schema.js';
import { base, given, rows, run } from './scenario.js';
const client = createClient<paths>({ baseUrl: base });
await run({
  async upload(file) {
    const bodySerializer = () => {
      const form = new FormData();
      form.set('file', file);
      return form;
    };
    return given((await client.POST('/v1/datasets', { body: {}, bodySerializer })).data).id;
  },
  plan: async (body) => given((await client.POST('/v1/jobs/plan', { body })).data).parameters,
  submit: async (body) => given((await client.POST('/v1/jobs', { body })).data).id,
  async job(id) {
    const { state, result } = given((await client.GET('/v1/jobs/{id}', { params: { path: { id } } })).data);
    return { state, modelId: result?.modelId };
  },
  async metrics(id) {
    const { data } = await client.GET('/v1/jobs/{id}/metrics', { params: { path: { id } } });
    return typeof data === 'object' ? data.series.map(({ name }) => name) : [];
  },
  async checkpoint(job) {
    const { data } = await client.GET('/v1/jobs/{id}/checkpoints', { params: { path: { id: job } } });
    const path = { id: given(data?.items[0]).id };
    return given((await client.GET('/v1/checkpoints/{id}/file', { params: { path }, parseAs: 'blob' })).data);
  },
  async predict(id) {
    const { data } = await client.POST('/v1/models/{id}/predict', { params: { path: { id } }, body: { rows } });
    return data?.predictions[0]?.class;
  },
});
`;

const heyApi = `
import { client } from './made/client.gen.js';
import * as api from './made/index.js';
import { base, given, rows, run } from './scenario.js';
client.setConfig({ baseUrl: base });
const throwOnError = true;
await run({
  upload: async (file) => (await api.createDataset({ body: { file }, throwOnError })).data.id,
  plan: async (body) => (await api.planJob({ body, throwOnError })).data.parameters,
  submit: async (body) => (await api.createJob({ body, throwOnError })).data.id,
  async job(id) {
    const { state, result } = (await api.getJob({ path: { id }, throwOnError })).data;
    return { state, modelId: result?.modelId };
  },
  async metrics(id) {
    const { data } = await api.getMetrics({ path: { id }, throwOnError });
    return typeof data === 'object' ? data.series.map(({ name }) => name) : [];
  },
  async checkpoint(job) {
    const { data } = await api.listCheckpoints({ path: { id: job }, throwOnError });
    const path = { id: given(data.items[0]).id };
    return given((await api.getCheckpointFile({ path, parseAs: 'blob', throwOnError })).data) as Blob;
  },
  predict: async (id) => (await api.predict({ path: { id }, body: { rows }, throwOnError })).data.predictions[0]?.class,
});
`;

const orval = `
import * as api from './made/client.js';
import { base, given, rows, run } from './scenario.js';
const native = globalThis.fetch;
globalThis.fetch = (path, init) => native(new URL(String(path), base), init);
function ofStatus<S extends number, R extends { status: number }>(response: R, ...wanted: S[]): Extract<R, { status: S }> {
  if (!(wanted as number[]).includes(response.status)) throw new Error(JSON.stringify(response));
  return response as Extract<R, { status: S }>;
}
await run({
  upload: async (file) => ofStatus(await api.createDataset({ file }), 200, 201).data.id,
  plan: async (body) => ofStatus(await api.planJob(body), 200).data.parameters,
  submit: async (body) => ofStatus(await api.createJob(body), 202).data.id,
  async job(id) {
    const { state, result } = ofStatus(await api.getJob(id), 200).data;
    return { state, modelId: result?.modelId };
  },
  async metrics(id) {
    const { data } = ofStatus(await api.getMetrics(id), 200);
    return typeof data === 'object' ? data.series.map(({ name }) => name) : [];
  },
  async checkpoint(job) {
    const { data } = ofStatus(await api.listCheckpoints(job), 200);
    return ofStatus(await api.getCheckpointFile(given(data.items[0]).id), 200).data;
  },
  predict: async (id) => ofStatus(await api.predict(id, { rows }), 200).data.predictions[0]?.class,
});
`;

const bin = (path: string): string => `node_modules/${path}`;

/** By generator: what makes its client of `document` in the working folder, and the program. */
export const generators: Record<string, { command(document: string): string[]; program: string }> = {
  'openapi-typescript': {
    command: (document) => [
      bin('openapi-typescript/bin/cli.js'),
      ...[document, '--output', 'schema.ts', '--default-non-nullable', 'false'],
    ],
    program: openapiFetch,
  },
  '@hey-api/openapi-ts': {
    command: (document) => [
      ...[bin('@hey-api/openapi-ts/bin/run.js'), '--input', document],
      ...['--output', 'made', '--client', '@hey-api/client-fetch', '--silent'],
    ],
    program: heyApi,
  },
  orval: {
    command: (document) => [
      ...[bin('orval/dist/bin/orval.mjs'), '--input', document],
      ...['--output', 'made/client.ts', '--client', 'fetch', '--quiet'],
    ],
    program: orval,
  },
};
