/** `trainyard submit <job.json>`: the file is a spec; with --data its dataset is that of another file. */
import { readFile } from 'node:fs/promises';
import type { components } from '../schema.js';
import { type Command, print } from './command.js';

type JobSpec = components['schemas']['JobSpec'];

export const submit: Command = {
  operands: ['<job.json>'],
  async run(client, [file], { data }) {
    const body = await specFrom(file!);
    if (data !== undefined) body.dataset = { ...body.dataset, id: (await client.uploadDataset(data)).id };
    const { data: job } = await client.api.POST('/v1/jobs', { body });
    print(job!.id);
  },
};

/** The service says what is wrong with it, if it is JSON. */
async function specFrom(file: string): Promise<JobSpec> {
  const text = await readFile(file, 'utf8');
  try {
    return JSON.parse(text) as JobSpec;
  } catch (error) {
    throw new Error(`${file}: expected JSON: ${(error as Error).message}`);
  }
}
