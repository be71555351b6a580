/** Raw rows whose image is a PNG or JPEG file in base64: read as ingest reads those of an archive, with its limit of pixels. */
import { DataError } from '../errors.js';
import { defaultLimits } from '../limits.js';
import { invalidField, type RawRow } from '../raw-rows.js';
import { decodeImage } from './decode-image.js';
import { type ImagesPreparation, imageField } from './images.js';

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export const hasPictures = (rows: readonly RawRow[]): boolean =>
  rows.some((row) => typeof row[imageField] === 'string');

/**
 * The rows with [channels, height, width] pixels in the place of each file: stretched to the model's images, as an upload's
 * imageSize has them, and grey become red, green and blue where these have colours. Throws `invalid_row`.
 */
export async function readPictures(
  preparation: Pick<ImagesPreparation, 'shape'>,
  rows: readonly RawRow[],
): Promise<RawRow[]> {
  const read: RawRow[] = [];
  // one after the other: a picture may take a hundred times its bytes while it is decoded
  for (const [index, row] of rows.entries()) {
    const image = row[imageField];
    read.push(typeof image === 'string' ? { ...row, [imageField]: await pixelsOf(image, preparation, index) } : row);
  }
  return read;
}

async function pixelsOf(file: string, { shape }: Pick<ImagesPreparation, 'shape'>, index: number): Promise<Uint8Array> {
  const [channels, height, width] = shape as [number, number, number];
  const refuse = (expected: string, got: unknown) => invalidField(index, imageField, { expected, got });
  if (!base64.test(file)) throw refuse('a PNG or JPEG file in base64, or lists of pixels', file);
  const content = Buffer.from(file, 'base64');
  const size = { height, width };
  const name = imageField;
  const decoded = await decodeImage({ name, content }, { size, mostPixels: defaultLimits.imagePixels }).catch(
    (error: unknown) => {
      if (!(error instanceof DataError)) throw error;
      throw refuse(String(error.details.expected), error.details.got);
    },
  );
  if (decoded.channels === channels) return decoded.pixels;
  if (decoded.channels > channels) throw refuse('a grey image, as the model’s are', 'one of colours');
  return Buffer.concat(new Array<Uint8Array>(channels).fill(decoded.pixels));
}
