/**
 * What predict answers over HTTP, of the tabular MLP (20 columns, two classes): rows a second in batches, and how long one row
 * takes while requests come at an even rate, whether or not those before are answered. Exits with 1 below 20,000 rows/s, or
 * where one in a hundred takes 10 ms.
 *
 *     node dist/bench/predict.js [--batch rows] [--seconds of each] [--rate requests a second] [--json file]
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { machine, writeJson } from './harness.js';
import { csvOf, finished, post, quantile, ROWS, upload, withService } from './service-client.js';

const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
    batch: { type: 'string', default: '5000' },
    seconds: { type: 'string', default: '15' },
    rate: { type: 'string', default: '200' },
  },
});
const [leastRowsPerSecond, mostMilliseconds] = [20_000, 10];
const [batch, rate, milliseconds] = [Number(options.batch), Number(options.rate), 1000 * Number(options.seconds)];
const inFlight = 2; // one is read while one is computed

const csv = csvOf(ROWS);
const [header = '', ...lines] = csv.trim().split('\n');
const names = header.split(',').slice(0, -1);
const rows = lines.map((line) => {
  const cells = line.split(',');
  return Object.fromEntries(names.map((name, index) => [name, Number(cells[index])]));
});

/** Each sender asks again as soon as it is answered. */
async function rowsPerSecond(url: string): Promise<number> {
  const body = { rows: rows.slice(0, batch) };
  const start = performance.now();
  let answered = 0;
  const send = async () => {
    while (performance.now() - start < milliseconds) {
      const { predictions } = await post<{ predictions: unknown[] }>(url, body);
      answered += predictions.length;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, send));
  return (1000 * answered) / (performance.now() - start);
}

/** Milliseconds of each request, from when it was due. */
async function latencies(url: string): Promise<number[]> {
  const taken: Promise<number>[] = [];
  const start = performance.now();
  for (let index = 0; index < (rate * milliseconds) / 1000; index++) {
    const due = start + (1000 * index) / rate;
    await sleep(Math.max(0, due - performance.now()));
    taken.push(post(url, { rows: [rows[index % rows.length]] }).then(() => performance.now() - due));
  }
  return Promise.all(taken);
}

await withService({ CONSUMERS: '1' }, async (api) => {
  const { id } = await upload(api, csv);
  const spec = { dataset: { id, target: 'label' }, model: { type: 'mlp' }, training: { epochs: 2 } };
  const job = await finished(api, (await post<{ id: string }>(`${api}/v1/jobs`, spec)).id);
  const url = `${api}/v1/models/${job.result!.modelId}/predict`;
  for (let warm = 0; warm < 20; warm++) await post(url, { rows: rows.slice(0, batch) });
  const throughput = await rowsPerSecond(url);
  for (let warm = 0; warm < 300; warm++) await post(url, { rows: [rows[warm]] });
  const taken = await latencies(url);
  const [p50, p99] = [quantile(taken, 0.5), quantile(taken, 0.99)];
  console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`);
  console.log(`batches of ${batch}: ${Math.round(throughput)} rows/s`);
  console.log(`one row at ${rate} requests/s: ${p50.toFixed(1)} ms in the median, ${p99.toFixed(1)} ms for 99 %`);
  writeJson(options.json, { machine, throughput, p50, p99 });
  if (throughput < leastRowsPerSecond || p99 >= mostMilliseconds) process.exitCode = 1;
});
