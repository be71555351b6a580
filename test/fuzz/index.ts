/**
 * `npm run fuzz -- --requests 5000 --seed 1`: requests drawn from the OpenAPI document, and bytes that are none, against a
 * real API whose consumer trains what they submit. Every answer must be as the document describes it, and none a failure; what
 * one tenant has is out of the other's reach, what was deleted stays away, and the API's memory stays what it was. Prints a
 * summary as JSON, with what was violated as a command to try again; ends with 1 where something was. The seed gives the same
 * requests again; ids, and how far jobs are, differ.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describedAnswers } from '../routes/described.js';
import { type Answer, curl, type Sent, send } from './http.js';
import { Ids } from './ids.js';
import { perRound, requests, seed } from './options.js';
import { exchange, faultOf, rawBytes } from './raw.js';
import { type Document, type Drawn, requestsOf } from './requests.js';
import { startService } from './service.js';
import { prepare } from './tenant.js';

const service = await startService();
const { url, access } = service;
const ids = new Ids(access.flatMap(({ keyIds }) => keyIds));
const described = await answerOf({ method: 'GET', url: '/openapi.json', headers: {}, body: null });
const document = JSON.parse(described.body) as Document;
const check = describedAnswers(document);
const drawn = fc.oneof({ weight: 20, arbitrary: requestsOf(document) }, { weight: 1, arbitrary: rawBytes });

const statuses: Record<string, number> = {};
const violations: { problem: string; request: string }[] = [];
const memory: number[] = [];
const startedAt = performance.now();

try {
  const rounds = requests / perRound;
  fuzzing: for (let round = 0; round < rounds; round++) {
    const told = await Promise.all(access.map(({ admin }) => prepare(url, admin)));
    for (const tenant of [0, 1] as const) ids.learn(tenant, told[tenant]!);
    for (const one of fc.sample(drawn, { numRuns: perRound, seed: seed * 1_000_000 + round })) {
      if (typeof one === 'string') await tryBytes(one);
      else await tryRequest(one);
      if (service.hasEnded()) break fuzzing;
    }
    memory.push(await service.memory());
  }
  if (service.hasEnded())
    violations.push({ problem: 'the API has ended', request: 'the last one, or one shortly before' });
  const [first, last] = [memory[Math.ceil(rounds / 10) - 1]!, memory.at(-1)!];
  const growth = last / first - 1;
  if (growth >= 0.1) violations.push({ problem: `the API's memory grew from ${first} to ${last} bytes`, request: '' });
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const summary = { requests, seed, seconds, statuses, memory: { first, last, growth }, violations };
  process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
  process.exitCode = violations.length ? 1 : 0;
} finally {
  await service.close();
}

async function tryBytes(text: string): Promise<void> {
  const said = await exchange(url, text);
  count(said === '' ? 'silence' : 'bytes');
  const problem = faultOf(said);
  if (problem) violations.push({ problem: `${problem}: ${said}`, request: JSON.stringify(text) });
}

async function tryRequest(draft: Drawn): Promise<void> {
  const { tenant, key } = draft;
  const secrets = { ...access[tenant], wrong: 'ty_wrong', none: undefined };
  const secret = secrets[key];
  const body = draft.body === null ? null : ids.fill(tenant, draft.body);
  const request: Sent = {
    ...{ method: draft.method, url: ids.fill(tenant, draft.url), body },
    headers: {
      ...draft.headers,
      ...(secret && { authorization: `Bearer ${secret}` }),
      ...(body !== null && { 'content-length': String(Buffer.byteLength(body)) }),
    },
  };
  try {
    const answer = await answerOf(request);
    count(String(answer.statusCode));
    const problem = wrongWith(draft, request, answer);
    if (problem) violations.push({ problem, request: curl(url, request) });
    if (request.url.startsWith('/v1/') && answer.statusCode < 300) ids.learn(tenant, answer.body);
  } catch (error) {
    violations.push({ problem: String(error), request: curl(url, request) });
  }
}

/** A machine that is busy with other things lags, and the API sheds load, as it should. */
async function answerOf(request: Sent): Promise<Answer> {
  for (;;) {
    const answer = await send(url, request);
    if (!answer.body.includes('The server is overloaded')) return answer;
    await sleep(100);
  }
}

function wrongWith({ tenant }: Drawn, { method, url: path }: Sent, answer: Answer): string | undefined {
  const { statusCode, body } = answer;
  if (statusCode >= 500) return `${statusCode}: ${body}`;
  try {
    check({ method, url: path }, answer);
  } catch (error) {
    return (error as Error).message;
  }
  const id = path.split(/[/?]/)[3];
  if (id === undefined) return undefined;
  if (statusCode === 404 || method === 'DELETE') ids.gone(tenant, id);
  if (statusCode >= 300) return undefined;
  if (ids.isForeign(tenant, id)) return `${statusCode} for what is another tenant's: ${body}`;
  if (ids.isDeleted(id)) return `${statusCode} for what was deleted: ${body}`;
  if (method === 'DELETE') ids.deleted(id);
  return undefined;
}

function count(status: string): void {
  statuses[status] = (statuses[status] ?? 0) + 1;
}
