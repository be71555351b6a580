/** What a command of the program is. */
import type { TrainyardClient } from '../client.js';

export interface CommandOptions {
  name?: string | undefined;
  data?: string | undefined;
  names?: string | undefined;
}

export interface Command {
  /** What it is called with, in order, as its usage names them. */
  operands: readonly string[];
  /** `operands` are as many as the command has. */
  run(client: TrainyardClient, operands: readonly string[], options: CommandOptions): Promise<void>;
}

/** The program was called in a way that means nothing. */
export class UsageError extends Error {}

export const print = (text: string): void => void process.stdout.write(`${text}\n`);
