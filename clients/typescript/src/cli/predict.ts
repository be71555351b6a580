/** `trainyard predict <model> <rows.csv|rows.json>`: a line of JSON for each row, in order. */
import { readFile } from 'node:fs/promises';
import type { components } from '../schema.js';
import { type Command, print } from './command.js';
import { type Feature, rowsOfCsv, rowsOfJson } from './rows.js';

/** Few enough that rows of images stay below what a request may hold. */
const rowsPerRequest = 500;

export const predict: Command = {
  operands: ['<model>', '<rows.csv|rows.json>'],
  async run(client, [id, file]) {
    const params = { path: { id: id! } };
    const { data: model } = await client.api.GET('/v1/models/{id}', { params });
    const rows = rowsIn(file!, await readFile(file!, 'utf8'), model!.features);
    for (let start = 0; start < rows.length; start += rowsPerRequest) {
      const body: components['schemas']['PredictRequest'] = { rows: rows.slice(start, start + rowsPerRequest) };
      const { data } = await client.api.POST('/v1/models/{id}/predict', { params, body }).catch((error: unknown) => {
        if (start > 0) process.stderr.write(`trainyard: rows are counted from row ${start} of the file\n`);
        throw error;
      });
      for (const prediction of data!.predictions) print(JSON.stringify(prediction));
    }
  },
};

function rowsIn(file: string, text: string, features: readonly Feature[]) {
  try {
    return file.endsWith('.json') ? rowsOfJson(text) : rowsOfCsv(text, features);
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
}
