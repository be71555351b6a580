/** Models in formats for elsewhere: written by a process of their own into a file, which is gone once it is read. */
import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { DataError } from '../data/errors.js';
import { Problem } from '../errors.js';
import { askProcess } from '../run/ask-process.js';
import type { ExportReply, ExportTask } from '../run/export.js';
import type { Refusal } from '../run/refusal.js';
import { uploadFolder } from './datasets.js';
import type { Parts } from './index.js';
import { oneAtATime } from './one-at-a-time.js';
import { exportProblem } from './problems.js';

const limitMs = 120_000;

export interface ExportedFile {
  bytes: number;
  content: Readable;
}

/** Throws Problem `not_exportable` where the format cannot hold the model, or `unavailable`. */
export function modelExports({ config }: Pick<Parts, 'config'>) {
  const inTurn = oneAtATime('Many models wait to be exported');
  const uploads = uploadFolder(config);

  async function write(task: Omit<ExportTask, 'output'>): Promise<ExportedFile> {
    await mkdir(uploads, { recursive: true });
    const folder = await mkdtemp(join(uploads, 'export-'));
    const output = join(folder, 'model');
    try {
      const reply = await askProcess<ExportReply | Refusal>('export', { ...task, output }, { limitMs });
      if ('failure' in reply) throw new Problem('unavailable', `no export, since ${reply.failure}`);
      if ('dataError' in reply) {
        const { code, message, details } = reply.dataError;
        throw exportProblem(new DataError(code, message, details));
      }
      const file = await open(output);
      return { bytes: reply.bytes, content: file.createReadStream() };
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  return (task: Omit<ExportTask, 'output'>): Promise<ExportedFile> => inTurn(() => write(task));
}
