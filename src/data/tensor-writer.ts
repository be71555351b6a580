/**
 * Writes a safetensors file a tensor at a time, so that memory holds one at most. The header comes first and says where
 * each tensor is: until all are known they wait in one file for each type, and are then put together.
 */
import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeHeader, type Tensor } from '../engine/index.js';
import { writeSynced } from './write-synced.js';

/** Larger elements come first: so every tensor is aligned. */
const types = ['F64', 'F32', 'I32', 'U8'] as const;
type StoredTensor = Extract<Tensor, { dtype: (typeof types)[number] }>;

const pieceBytes = 2 ** 26;

export class TensorWriter {
  readonly #parts;

  /** The parts wait in `folder`, whose owner removes what an error leaves. */
  constructor(folder: string) {
    this.#parts = types.map((dtype) => {
      const path = join(folder, `tensors.${dtype}`);
      return { dtype, path, file: openSync(path, 'wx', 0o600), tensors: [] as Omit<StoredTensor, 'data'>[] };
    });
  }

  /** Adds a tensor, whose elements may come in pieces. */
  add<T extends StoredTensor>({ name, dtype, shape }: Omit<T, 'data'>, pieces: Iterable<T['data']>): void {
    const { file, tensors } = this.#parts.find((part) => part.dtype === dtype)!;
    tensors.push({ name, dtype, shape });
    for (const { buffer, byteOffset, byteLength } of pieces) {
      for (let done = 0; done < byteLength; ) {
        done += writeSync(file, new Uint8Array(buffer, byteOffset + done, Math.min(pieceBytes, byteLength - done)));
      }
    }
  }

  /** Puts the file together at `path`, durable before the promise resolves, and removes the parts. */
  async finish(path: string, metadata: Readonly<Record<string, string>>): Promise<void> {
    const parts = this.#parts;
    await writeSynced(path, async function* () {
      yield encodeHeader(
        parts.flatMap(({ tensors }) => tensors),
        metadata,
      );
      for (const part of parts) {
        yield* createReadStream(part.path, { highWaterMark: 2 ** 20 });
        await rm(part.path);
      }
    });
  }

  /** Ends writing, finished or not. */
  close(): void {
    for (const { file } of this.#parts) closeSync(file);
  }
}
