/**
 * From an archive of images in one folder a class, perhaps below `train` and `test`, to their stored form. Above these, all
 * images may share further folders: a folder of folders is often packed whole.
 */
import type { ArchiveFormat, ImagesContents } from '../../schemas/dataset.js';
import { filesOf } from '../archives/archive.js';
import { archiveError } from '../archives/entries.js';
import { DataError } from '../errors.js';
import type { IngestedDataset, IngestRequest } from '../ingest-protocol.js';
import { type DecodedImage, decodeImage } from './decode-image.js';
import { describeImages, writeImages } from './image-file.js';
import { mostClasses } from './labels.js';

interface Place {
  /** What stands above the classes; empty, or ends in `/`. */
  root: string;
  part: 'train' | 'test' | null;
  class: string;
}

interface NamedImage extends Place {
  name: string;
  image: DecodedImage;
}

type FoldersRequest = Omit<IngestRequest, 'format'> & { format: ArchiveFormat };

/** What systems leave in archives. */
const isHidden = (name: string): boolean =>
  name.split('/').some((part) => part.startsWith('.') || part === '__MACOSX' || part === 'Thumbs.db');

/** Throws DataError, naming the entry. */
export async function readFolders({
  path,
  scratch,
  format,
  limits,
  imageSize,
}: FoldersRequest): Promise<IngestedDataset> {
  const images: NamedImage[] = [];
  let heldBytes = 0;
  for await (const file of filesOf(path, limits)) {
    if (isHidden(file.name)) continue;
    const place = placeOf(file.name);
    const image = await decodeImage(file, { size: imageSize, mostPixels: limits.imagePixels });
    const [first] = images;
    if (first) refuseOther(first, { name: file.name, ...place, image });
    heldBytes += image.pixels.length;
    if (heldBytes > limits.heldBytes) {
      const expected = `at most ${limits.heldBytes} bytes of pixels`;
      throw archiveError(file.name, { code: 'dataset_too_large', expected, got: 'more from here on' });
    }
    images.push({ name: file.name, ...place, image });
  }
  // by name: the same images in another order, or another archive, are the same dataset's rows
  images.sort((a, b) => Number(a.part === 'test') - Number(b.part === 'test') || (a.name < b.name ? -1 : 1));
  const { contents, labels } = describe(images);
  const pixels = images.map(({ image }) => inChannels(image, contents.shape[0]!));
  await writeImages(scratch, { contents, pixels, labels });
  return { format, contents };
}

/** `pets/` `train` `cat` of `pets/train/cat/1.png`. */
function placeOf(name: string): Place {
  const folders = name.split('/').filter((part) => part !== '' && part !== '.');
  folders.pop();
  const folder = folders.pop();
  if (folder === undefined)
    throw archiveError(name, { expected: 'an image in a folder named for its class', got: name });
  const above = folders.at(-1);
  const part = above === 'train' || above === 'test' ? above : null;
  if (part) folders.pop();
  return { root: folders.map((parent) => `${parent}/`).join(''), part, class: folder };
}

/** Throws where an image lies elsewhere than the first one, or has another size. */
function refuseOther(first: NamedImage, other: NamedImage): void {
  const siblings = first.root === other.root && (first.part === null) === (other.part === null);
  if (!siblings) {
    const above = first.part ? `${first.root}train/ or ${first.root}test/` : first.root || 'the top';
    throw archiveError(other.name, {
      expected: `its class’s folder in ${above}, as for "${first.name}"`,
      got: other.name,
    });
  }
  const sizeOf = ({ image: { height, width } }: NamedImage) => `${height} × ${width}`;
  if (sizeOf(first) === sizeOf(other)) return;
  const error = archiveError(other.name, {
    code: 'unequal_images',
    expected: `${sizeOf(first)}, as "${first.name}" is`,
    got: sizeOf(other),
  });
  throw new DataError(error.code, error.message, {
    ...error.details,
    hint: 'send imageSize to have all stretched to one size',
  });
}

function describe(images: readonly NamedImage[]): { contents: ImagesContents; labels: Uint8Array } {
  const test = images.filter(({ part }) => part === 'test');
  const classes = [...new Set(images.filter(({ part }) => part !== 'test').map((image) => image.class))].sort();
  const [first] = images;
  if (!first || classes.length === 0)
    throw archiveError(null, {
      expected: 'images to train with',
      got: first ? 'images to test with alone' : 'no file',
    });
  if (classes.length > mostClasses)
    throw archiveError(null, { expected: `at most ${mostClasses} folders of classes`, got: classes.length });
  const codes = new Map(classes.map((name, code) => [name, code]));
  const stranger = test.find((image) => !codes.has(image.class));
  if (stranger) {
    const expected = 'a class that training has too';
    throw archiveError(stranger.name, { code: 'unknown_class', expected, got: stranger.class });
  }
  const channels = Math.max(...new Set(images.map(({ image }) => image.channels)));
  const shape = [channels, first.image.height, first.image.width];
  const labels = Uint8Array.from(images, ({ class: name }) => codes.get(name)!);
  return { contents: describeImages({ shape, classes, labels, testRowCount: test.length }), labels };
}

/** Grey becomes red, green and blue where any image has these. */
function inChannels({ channels, pixels }: DecodedImage, wanted: number): Uint8Array {
  return channels === wanted ? pixels : Buffer.concat(new Array<Uint8Array>(wanted).fill(pixels));
}
