/**
 * One IDX file (LeCun, the MNIST database): two zero bytes, the type of the elements, the number of dimensions, the size of
 * each as a big-endian uint32, then the elements. Read are unsigned bytes, as they are or in gzip. What the header says is
 * held to limits before anything is allocated, and reading ends at the first byte beyond what it says.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { DataError } from '../errors.js';
import { isGzip, isZlibError, mostUnpackedBytes } from '../gzip.js';

export interface IdxFile {
  sizes: number[];
  /** [...sizes], row-major */
  data: Uint8Array;
}

export interface IdxRequest {
  path: string;
  /** The part of the upload, for messages. */
  field: string;
  dimensions: number;
  maxBytes: number;
}

const unsignedByte = 0x08;
const wordBytes = 4;
/** Throws DataError `invalid_idx`, `invalid_gzip` or `dataset_too_large`, with the part in `path`. */
export async function readIdx({ path, field, dimensions, maxBytes }: IdxRequest): Promise<IdxFile> {
  const zipped = await isGzip(path);
  const header = Buffer.alloc(wordBytes * (1 + dimensions));
  const headerBytes = await fill(header, path, { zipped, field });
  const sizes = readHeader(header, Math.min(headerBytes, header.length), field);
  const bytes = header.length + sizes.reduce((product, size) => product * size, 1);
  const { size: fileBytes } = await stat(path);
  const mostUnpacked = zipped ? mostUnpackedBytes(fileBytes) : Number.POSITIVE_INFINITY;
  const most = Math.min(maxBytes, mostUnpacked);
  if (bytes > most) {
    throw idxError('dataset_too_large', field, {
      what: `sizes ${sizes.join(' × ')}`,
      expected: `at most ${most} bytes`,
      got: bytes,
    });
  }
  if (!zipped && bytes !== fileBytes) throw wrongLength(field, bytes, fileBytes);
  const whole = new Uint8Array(bytes);
  const read = await fill(whole, path, { zipped, field });
  if (read !== bytes) throw wrongLength(field, bytes, read > bytes ? 'more' : read);
  return { sizes, data: whole.subarray(header.length) };
}

/** An error of one part of the upload. */
export function idxError(
  code: string,
  field: string,
  { what, expected, got }: { what: string; expected: unknown; got: unknown },
): DataError {
  const details = { path: `/${field}`, expected, got };
  return new DataError(code, `${field}: ${what}: expected ${expected}, got ${got}`, details);
}

function readHeader(header: Buffer, length: number, field: string): number[] {
  const dimensions = header.length / wordBytes - 1;
  const hex = (bytes: Buffer) => `0x${bytes.toString('hex')}`;
  const magic = Buffer.of(0, 0, unsignedByte, dimensions);
  const start = header.subarray(0, Math.min(length, wordBytes));
  if (!start.equals(magic)) {
    const what = 'offset 0';
    const expected = `${hex(magic)} (unsigned bytes of ${dimensions} dimensions)`;
    throw idxError('invalid_idx', field, { what, expected, got: start.length === 0 ? 'nothing' : hex(start) });
  }
  if (length < header.length) throw wrongLength(field, `at least ${header.length}`, length);
  return Array.from({ length: dimensions }, (_, index) => {
    const offset = wordBytes * (1 + index);
    const size = header.readUInt32BE(offset);
    if (size > 0) return size;
    throw idxError('invalid_idx', field, { what: `offset ${offset}`, expected: 'a size of at least 1', got: 0 });
  });
}

const wrongLength = (field: string, expected: number | string, got: number | string): DataError =>
  idxError('invalid_idx', field, { what: 'length in bytes', expected, got });

/** Fills `into` from the file's start, unpacked; answers with the bytes that there were, or some more where it is full. */
async function fill(
  into: Uint8Array,
  path: string,
  { zipped, field }: { zipped: boolean; field: string },
): Promise<number> {
  const file = createReadStream(path, { highWaterMark: 2 ** 16 });
  const source = zipped ? file.pipe(createGunzip()) : file;
  if (source !== file) file.on('error', (error) => source.destroy(error));
  let read = 0;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      into.set(chunk.subarray(0, into.length - Math.min(read, into.length)), Math.min(read, into.length));
      read += chunk.length;
      if (read > into.length) break;
    }
    return read;
  } catch (error) {
    if (!isZlibError(error)) throw error;
    const got = `${error.message} after ${read} bytes`;
    throw idxError('invalid_gzip', field, { what: 'unpacking', expected: 'a whole gzip file', got });
  } finally {
    file.destroy();
  }
}
