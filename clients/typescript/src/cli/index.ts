#!/usr/bin/env node
/** Program `trainyard`: Trainyard from a shell. Ids and values go to stdout, everything else to stderr; 1 is a failure, 2 a wrong call. */
import { parseArgs } from 'node:util';
import { createClient } from '../client.js';
import { TrainyardError } from '../errors.js';
import { type Command, UsageError } from './command.js';
import { metrics } from './metrics.js';
import { predict } from './predict.js';
import { submit } from './submit.js';
import { upload } from './upload.js';
import { watch } from './watch.js';

const commands: Record<string, Command> = { upload, submit, watch, metrics, predict };

const usage = `trainyard <command> [--url http://127.0.0.1:8080] [--key <API key>]

  upload <file> [--name <name>]         a dataset of the file; prints its id
  submit <job.json> [--data <file>]     a job of the spec, on the file's dataset if one is named; prints its id
  watch <job>                           shows how it goes until it has ended; fails unless it succeeds
  metrics <job> [--names a,b]           draws its series; default its losses
  predict <model> <rows.csv|rows.json>  a prediction a row, as lines of JSON

TRAINYARD_URL and TRAINYARD_API_KEY stand in for --url and --key.
`;

async function run(args: string[]): Promise<void> {
  const { values, positionals } = parse(args);
  const [name, ...rest] = positionals;
  if (values.help) return void process.stdout.write(usage);
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UsageError(`expected one of ${Object.keys(commands).join(', ')}; got ${name ?? 'nothing'}`);
  if (rest.length !== command.operands.length) {
    throw new UsageError(`${name} wants ${command.operands.join(' ')}; got ${rest.join(' ') || 'nothing'}`);
  }
  const { url, key, ...options } = values;
  await command.run(createClient({ baseUrl: url, apiKey: key }), rest, options);
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  const { TRAINYARD_URL: url = 'http://127.0.0.1:8080', TRAINYARD_API_KEY: key } = process.env;
  const known = { url: { ...text, default: url }, key: { ...text, ...(key !== undefined && { default: key }) } };
  const options = { ...known, name: text, data: text, names: text, help: { type: 'boolean', short: 'h' } } as const;
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function describe(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n\n${usage}`;
  if (!(error instanceof TrainyardError)) return `${error instanceof Error ? error.message : error}\n`;
  const lines = [error.message, ...error.errors.map(({ path, message }) => `  ${path}: ${message}`)];
  return `${[...lines, ...(error.hint === undefined ? [] : [`  ${error.hint}`])].join('\n')}\n`;
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`trainyard: ${describe(error)}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
