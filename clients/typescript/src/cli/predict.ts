/** `trainyard predict <model> <rows.csv|rows.json>`: a line of JSON for each row, in order. */
import { readFile } from 'node:fs/promises';
import type { components } from '../schema.js';
import { type Command, print } from './command.js';
import { batchesOf, type Feature, rowsOfJson, rowsOfTable } from './rows.js';

/** Below what the service takes: 10,000 rows, and a body of 4 MiB. */
const mostInRequest = { rows: 500, bytes: 3 * 2 ** 20 };

export const predict: Command = {
  operands: ['<model>', '<rows.csv|rows.json>'],
  async run(client, [id, file]) {
    const params = { path: { id: id! } };
    const { data: model } = await client.api.GET('/v1/models/{id}', { params });
    const rows = rowsIn(file!, await readFile(file!, 'utf8'), model!.features);
    let start = 0;
    for (const batch of batchesOf(rows, mostInRequest)) {
      const body: components['schemas']['PredictRequest'] = { rows: batch };
      const { data } = await client.api.POST('/v1/models/{id}/predict', { params, body }).catch((error: unknown) => {
        if (start > 0) process.stderr.write(`trainyard: rows are counted from row ${start} of the file\n`);
        throw error;
      });
      for (const prediction of data!.predictions) print(JSON.stringify(prediction));
      start += batch.length;
    }
  },
};

function rowsIn(file: string, text: string, features: readonly Feature[]) {
  try {
    return file.endsWith('.json') ? rowsOfJson(text) : rowsOfTable(file, text, features);
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
}
