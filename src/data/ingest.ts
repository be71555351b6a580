/**
 * Turns an uploaded file into a columnar file, in a process of its own: a file that kills the reader is an error of that
 * file. The columnar file appears whole or not at all, and nothing else is left behind.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DatasetFormat } from '../schemas/dataset.js';
import { DataError } from './errors.js';
import type { ImageSize } from './images/decode-image.js';
import { type IngestedDataset, type IngestReply, type IngestRequest, resultName } from './ingest-protocol.js';
import { defaultLimits, type IngestLimits } from './limits.js';

export type { IngestedDataset } from './ingest-protocol.js';

export interface IngestOptions {
  /** Of the file, or the folder of the files of images. */
  path: string;
  /** Default: by the file's first bytes. */
  format?: DatasetFormat | undefined;
  /** Where the columnar file goes; replaced if it is there. Scratch files stand beside it meanwhile. */
  output: string;
  /** To which images of an archive are stretched. */
  imageSize?: ImageSize | undefined;
  limits?: Partial<IngestLimits>;
  signal?: AbortSignal;
}

const entry = fileURLToPath(new URL('../../workers/ingest.js', import.meta.url));

/**
 * Reads the file at `path` and writes its columns to `output`. Throws DataError for what is wrong with the file,
 * `unreadable_dataset` if reading it kills the process or takes too long; the signal's reason if it aborts.
 */
export async function ingest({
  path,
  format,
  imageSize,
  output,
  limits,
  signal,
}: IngestOptions): Promise<IngestedDataset> {
  const folder = dirname(output);
  const scratch = await mkdtemp(join(folder, '.ingest-'));
  try {
    signal?.throwIfAborted();
    const request: IngestRequest = {
      path,
      scratch,
      imageSize,
      limits: { ...defaultLimits, ...limits },
      ...(format && { format }),
    };
    const dataset = await readInChild(request, signal);
    await rename(join(scratch, resultName), output);
    await syncFolder(folder);
    return dataset;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function readInChild(request: IngestRequest, signal?: AbortSignal): Promise<IngestedDataset> {
  const { memoryBytes, timeoutSeconds } = request.limits;
  // no environment but this: what a hostile file might reach knows no password
  const env = { NODE_OPTIONS: `--max-old-space-size=${Math.ceil(memoryBytes / 2 ** 20)}` };
  const child = fork(entry, { env, serialization: 'advanced' });
  let reply: IngestReply | undefined;
  child.on('message', (message: IngestReply) => {
    reply = message;
  });
  const deadline = AbortSignal.timeout(Math.ceil(timeoutSeconds * 1000));
  const stop = AbortSignal.any(signal ? [signal, deadline] : [deadline]);
  const kill = () => child.kill('SIGKILL');
  stop.addEventListener('abort', kill);
  try {
    // 'disconnect' comes after the last message, 'close' when the scratch folder is nobody's; 'error' rejects both
    const ended = Promise.all([once(child, 'close'), once(child, 'disconnect')]);
    child.send(request);
    const [[code, killedBy]] = await ended;
    signal?.throwIfAborted();
    if (deadline.aborted) throw new DataError('unreadable_dataset', `the file was not read within ${timeoutSeconds} s`);
    if (!reply) throw deadReader(killedBy ?? `exit code ${code}`);
    return datasetOf(reply);
  } finally {
    stop.removeEventListener('abort', kill);
    kill(); // where it could not be sent the request
  }
}

function datasetOf(reply: IngestReply): IngestedDataset {
  if ('dataset' in reply) return reply.dataset;
  if ('dataError' in reply) {
    const { code, message, details } = reply.dataError;
    throw new DataError(code, message, details);
  }
  throw new Error(`ingest: ${reply.failure.message}`, { cause: reply.failure.stack });
}

const deadReader = (how: string): DataError =>
  new DataError('unreadable_dataset', `the process that read the file died (${how})`, { got: how });

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
