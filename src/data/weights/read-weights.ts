/**
 * From an uploaded safetensors file to its stored form: weights as float32, every one of them finite, read and written in
 * pieces. Of the header nothing is believed: it is checked against itself and against the file's length.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import {
  checkLength,
  EngineError,
  MAX_HEADER_BYTES,
  readHeader,
  type SafetensorsHeader,
  type TensorEntry,
} from '../../engine/index.js';
import type { WeightsContents } from '../../schemas/dataset.js';
import { DataError } from '../errors.js';
import { type IngestedDataset, type IngestRequest, resultName } from '../ingest-protocol.js';
import { TensorWriter } from '../tensor-writer.js';
import { type FloatType, floatBytes, isFloat, toFloats } from './floats.js';

/** Name of the contents in the metadata. */
const weightsKey = 'weights';
/** They stand in the dataset's description. */
const mostTensors = 2000;
const longestName = 200;
const mostDimensions = 16;
const pieceElements = 2 ** 20;

type FloatEntry = TensorEntry & { dtype: FloatType };

/** Throws DataError: `invalid_safetensors`, `not_finite`, `empty_dataset`, `dataset_too_large`. */
export async function readWeights({ path, scratch, limits }: Omit<IngestRequest, 'format'>): Promise<IngestedDataset> {
  const file = openSync(path, 'r');
  try {
    const header = readWholeHeader(file);
    const entries = header.entries.filter((entry): entry is FloatEntry => isFloat(entry.dtype));
    checkEntries(entries, limits.tableBytes);
    const tensors = entries.map(({ name, dtype, shape }) => ({ name, dtype, shape: [...shape] }));
    const contents: WeightsContents = { kind: 'weights', tensors };
    const writer = new TensorWriter(scratch);
    try {
      for (const entry of entries) {
        const { name, shape } = entry;
        writer.add({ name, dtype: 'F32', shape }, finiteFloats(file, entry, header.dataStart));
      }
      await writer.finish(join(scratch, resultName), { [weightsKey]: JSON.stringify(contents) });
    } finally {
      writer.close();
    }
    return { format: 'safetensors', contents };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new DataError(error.code, error.message, error.details);
  } finally {
    closeSync(file);
  }
}

function readWholeHeader(file: number): SafetensorsHeader {
  const { size } = fstatSync(file);
  const length = readAt(file, 0, Math.min(size, 8));
  const claimed = length.length < 8 ? 0n : length.readBigUInt64LE();
  // What claims more than the file has, or than may be, is refused before it is read.
  const bytes =
    claimed > BigInt(Math.min(size, MAX_HEADER_BYTES)) ? length : readAt(file, 0, Math.min(size, 8 + Number(claimed)));
  const header = readHeader(bytes);
  checkLength(header, size);
  return header;
}

function checkEntries(entries: readonly FloatEntry[], mostBytes: number): void {
  const counted: [what: string, expected: number, got: number][] = [
    ['tensors', mostTensors, entries.length],
    ['characters in a name', longestName, Math.max(0, ...entries.map(({ name }) => name.length))],
    ['dimensions', mostDimensions, Math.max(0, ...entries.map(({ shape }) => shape.length))],
    ['bytes as float32', mostBytes, entries.reduce((sum, entry) => sum + 4 * elementsIn(entry), 0)],
  ];
  for (const [what, expected, got] of counted) {
    if (got <= expected) continue;
    throw new DataError('dataset_too_large', `expected at most ${expected} ${what}, got ${got}`, { expected, got });
  }
  if (entries.length > 0) return;
  const [expected, got] = ['tensors of F32, F16, BF16 or F64', 'none'];
  throw new DataError('empty_dataset', `expected ${expected}, got ${got}`, { expected, got });
}

const elementsIn = ({ offsets: [begin, end], dtype }: FloatEntry): number => (end - begin) / floatBytes[dtype];

/** The tensor's values, piece by piece. */
function* finiteFloats(file: number, entry: FloatEntry, dataStart: number): Generator<Float32Array> {
  const { name, dtype, offsets } = entry;
  const elements = elementsIn(entry);
  const size = floatBytes[dtype];
  for (let done = 0; done < elements; done += pieceElements) {
    const count = Math.min(pieceElements, elements - done);
    const values = toFloats(dtype, readAt(file, dataStart + offsets[0] + done * size, count * size));
    const at = values.findIndex((value) => !Number.isFinite(value));
    if (at >= 0) {
      const [expected, got] = ['a finite float32', String(values[at])];
      const message = `tensor ${name}: element ${done + at}: expected ${expected}, got ${got}`;
      throw new DataError('not_finite', message, { expected, got });
    }
    yield values;
  }
}

function readAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let done = 0; done < length; ) {
    const read = readSync(file, bytes, done, length - done, position + done);
    if (read === 0) throw new Error(`the file ends at ${position + done}`);
    done += read;
  }
  return bytes;
}
