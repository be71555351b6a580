/** A consumer in the test's own process, for what processes and signals are not needed for. */
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import type { Artifacts } from '../../src/artifacts/index.js';
import { chooseKernels } from '../../src/engine/index.js';
import { Consumer } from '../../src/run/consumer.js';
import { describeMachine } from '../../src/run/machine.js';
import type { Yard } from './fixtures.js';

interface Options {
  artifacts?: Artifacts;
  /** Default: what the configured kernels give. */
  fingerprint?: string;
  memoryBytes?: number;
}

/** It runs no suspects. */
export async function consumerOf(
  { db, config, ...yard }: Pick<Yard, 'db' | 'config' | 'artifacts'>,
  options: Options = {},
) {
  const { artifacts = yard.artifacts, memoryBytes = 2 ** 32 } = options;
  const { fingerprint = (await describeMachine(chooseKernels(config.kernels).factory)).fingerprint } = options;
  const suspectEntry = fileURLToPath(import.meta.url);
  const log = pino({ level: 'silent' });
  const onStuckThread = () => assert.fail('a thread does not end');
  const process = { id: 'test', config, fingerprint, memoryBytes, suspectEntry, onStuckThread };
  return new Consumer({ ...process, db, artifacts, log });
}
