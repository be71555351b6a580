/** Equal Idempotency-Keys that arrive at once, at two API processes in turns. */
import { randomUUID } from 'node:crypto';
import type { Job } from '../../src/schemas/job.js';
import { Client, type Datasets } from './client.js';

const requestsPerRace = 10;

export interface RaceReport {
  races: number;
  requests: number;
  /** Of all races: as many as races. */
  jobs: number;
  /** Races whose requests did not all get the same job. */
  split: number;
}

export async function raceKeys(urls: readonly string[], races: number): Promise<RaceReport> {
  const clients = urls.map((url) => new Client(url));
  const [first] = clients as [Client];
  const { id } = await first.upload('words.txt');
  const datasets: Datasets = { 'words.txt': id, 'pictures.csv': '' };
  let split = 0;
  for (let race = 0; race < races; race++) {
    const key = randomUUID();
    const requests = Array.from({ length: requestsPerRace }, (_, i): Promise<Job> => {
      return clients[i % clients.length]!.submit('gpt', datasets, key);
    });
    if (new Set((await Promise.all(requests)).map((job) => job.id)).size !== 1) split++;
  }
  return { races, requests: races * requestsPerRace, jobs: (await first.jobs()).length, split };
}
