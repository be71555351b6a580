/** What the tests of profiles share: the example tables, and what profiles.py says of them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Columns } from '../../../src/data/columns.js';
import { projectRoot } from '../../../src/paths.js';
import type { NumberProfile } from '../../../src/schemas/profile.js';
import { type ExampleTable, exampleFile, readContent } from '../support.js';

interface ProfileFacts {
  numbers: Record<string, NumberProfile>;
  information: Record<ExampleTable, Record<string, number>>;
  correlation: Record<string, number>;
  entropy: Record<string, number>;
}

export async function profileFacts(): Promise<ProfileFacts> {
  return JSON.parse(await readFile(join(projectRoot, 'test/fixtures/data/profiles.json'), 'utf8')) as ProfileFacts;
}

export async function openExample(table: ExampleTable): Promise<Columns> {
  return (await readContent(await readFile(exampleFile(table)))).table;
}
