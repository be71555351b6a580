/** A model's checkpoint, written in a format for elsewhere. */
import { writeFile } from 'node:fs/promises';
import { encodeModel, openModel } from '../engine/index.js';
import { writeBundle } from '../export/bundle/index.js';
import { writeOnnx } from '../export/onnx/index.js';
import type { ExportFormat } from '../schemas/export.js';
import { readPreparation } from './checkpoint-metadata.js';
import { type ModelWeights, readModel } from './model-file.js';

export interface ExportTask extends ModelWeights {
  format: ExportFormat;
  /** Whether what is written prepares its inputs itself, where the format can say how. */
  prepares: boolean;
  /** Where to write it. */
  output: string;
}

export interface ExportReply {
  bytes: number;
}

type Writer = (checkpoint: Uint8Array, task: ExportTask) => Uint8Array | Promise<Uint8Array>;

const formats: Readonly<Record<ExportFormat, Writer>> = {
  onnx(checkpoint, { prepares }) {
    const model = openModel(checkpoint);
    return writeOnnx(model, { preparation: readPreparation(model.metadata), prepares });
  },
  safetensors: (checkpoint) => encodeModel(checkpoint),
  bundle: (checkpoint) => writeBundle(checkpoint, readPreparation(openModel(checkpoint).metadata)),
};

/** Throws DataError where the model cannot be written so. */
export async function exportModel(task: ExportTask): Promise<ExportReply> {
  const written = await formats[task.format](await readModel(task), task);
  await writeFile(task.output, written);
  return { bytes: written.byteLength };
}
