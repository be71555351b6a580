/** gzip on its way in: what unpacks to far more than it takes is a bomb, and unpacking ends where that shows. */
import { createReadStream, createWriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { DataError } from './errors.js';

/** Data pack by far less: what claims more than this many times its size, and is no trifle, is made to exhaust a machine. */
const mostRatio = 200;
const trifle = 2 ** 20;

/** Bytes that `packed` bytes may unpack to, in any format. */
export const mostUnpackedBytes = (packed: number): number => Math.max(trifle, mostRatio * packed);

export async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.readUInt16BE() === 0x1f8b;
  } finally {
    await file.close();
  }
}

/** Whether an error is zlib's: the packed data are broken, or cut off. */
export const isZlibError = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');

/** The file's bytes, unpacked. Throws `invalid_gzip`, or `dataset_too_large` past `maxBytes` and past its share of its own size. */
export async function* gunzip(path: string, maxBytes: number): AsyncGenerator<Buffer> {
  const { size } = await stat(path);
  const expected = Math.min(maxBytes, mostUnpackedBytes(size));
  const file = createReadStream(path);
  const unpacked = file.pipe(createGunzip());
  file.on('error', (error) => unpacked.destroy(error));
  let bytes = 0;
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > expected) {
        const message = `gzip: ${size} bytes unpack to more than ${expected}`;
        throw new DataError('dataset_too_large', message, { expected, got: `more, of ${size}` });
      }
      yield chunk;
    }
  } catch (error) {
    if (!isZlibError(error)) throw error;
    const got = `${error.message} after ${bytes} bytes`;
    throw new DataError('invalid_gzip', `gzip: expected a whole file, got ${got}`, {
      expected: 'a whole gzip file',
      got,
    });
  } finally {
    file.destroy();
  }
}

/** Where the file's content stands: there, or at `output`, where it was unpacked to. */
export async function unpacked(
  path: string,
  { output, maxBytes }: { output: string; maxBytes: number },
): Promise<string> {
  if (!(await isGzip(path))) return path;
  await pipeline(gunzip(path, maxBytes), createWriteStream(output, { flags: 'wx', mode: 0o600 }));
  return output;
}
