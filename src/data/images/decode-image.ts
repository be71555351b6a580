/** One PNG or JPEG file as pixels. Whatever else a library might read is refused by the first bytes, before it sees them. */
import { archiveError } from '../archives/entries.js';

export interface ImageSize {
  height: number;
  width: number;
}

export interface DecodedImage extends ImageSize {
  /** 1, grey, or 3: red, green and blue */
  channels: number;
  /** [channels, height, width] */
  pixels: Uint8Array;
}

interface ImageFile {
  /** The entry's name, for messages. */
  name: string;
  content: Buffer;
}

const magics = ['\x89PNG\r\n\x1a\n', '\xff\xd8\xff'];
const greySpaces: readonly (string | undefined)[] = ['b-w', 'grey16'];

/**
 * Turned as its EXIF orientation says, on black where it is transparent, with 8 bits a channel; stretched to `size` where
 * one is given. Throws DataError `invalid_image` or `too_many_pixels`, naming the entry.
 */
export async function decodeImage(
  { name, content }: ImageFile,
  { size, mostPixels }: { size?: ImageSize | undefined; mostPixels: number },
): Promise<DecodedImage> {
  const head = content.toString('latin1', 0, 8);
  if (!magics.some((magic) => head.startsWith(magic))) {
    const got = content.length === 0 ? 'nothing' : `0x${content.toString('hex', 0, 8)}`;
    throw archiveError(name, { code: 'invalid_image', expected: 'a PNG or JPEG file', got });
  }
  const broken = (error: Error): never => {
    throw archiveError(name, { code: 'invalid_image', expected: 'a whole image', got: error.message });
  };
  const { default: sharp } = await import('sharp'); // loaded where it is used: most uploads are no images
  sharp.cache(false);
  sharp.concurrency(1);
  const image = sharp(content, { limitInputPixels: false });
  const { width, height, space } = await image.metadata().catch(broken);
  if (width * height > mostPixels) {
    const expected = `at most ${mostPixels} pixels`;
    throw archiveError(name, { code: 'too_many_pixels', expected, got: `${height} × ${width}` });
  }
  image
    .autoOrient()
    .flatten()
    .toColourspace(greySpaces.includes(space) ? 'b-w' : 'srgb');
  if (size) image.resize({ ...size, fit: 'fill' });
  const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true }).catch(broken);
  return { channels: info.channels, height: info.height, width: info.width, pixels: planes(data, info.channels) };
}

/** [height · width, channels] → [channels, height · width] */
function planes(interleaved: Uint8Array, channels: number): Uint8Array {
  if (channels === 1) return interleaved;
  const pixels = new Uint8Array(interleaved.length);
  const area = interleaved.length / channels;
  for (let channel = 0; channel < channels; channel++) {
    for (let at = 0; at < area; at++) pixels[channel * area + at] = interleaved[at * channels + channel]!;
  }
  return pixels;
}
