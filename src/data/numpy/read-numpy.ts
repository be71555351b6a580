/**
 * From NumPy's arrays to a dataset: a matrix is a table of numbers, with `y` as one more column; bytes of three or four
 * dimensions are images, with labels, and perhaps others to test with.
 */
import { readFile, stat } from 'node:fs/promises';
import { zipFiles } from '../archives/zip.js';
import { DataError } from '../errors.js';
import type { IngestedDataset, IngestRequest } from '../ingest-protocol.js';
import type { IngestLimits } from '../limits.js';
import { type Arrays, invalidArray, readNpy } from './npy.js';
import { writeArrayImages } from './write-array-images.js';
import { writeMatrix } from './write-matrix.js';

type Request = Omit<IngestRequest, 'format'>;

/** A file of one array. Throws DataError. */
export async function readNpyFile({ path, scratch, limits }: Request): Promise<IngestedDataset> {
  const { size } = await stat(path);
  if (size > limits.heldBytes) {
    const message = `the array takes ${size} bytes, at most ${limits.heldBytes} are read`;
    throw new DataError('dataset_too_large', message, { expected: limits.heldBytes, got: size });
  }
  const array = readNpy(await readFile(path), null);
  return { format: 'npy', contents: await writeMatrix({ x: array }, { scratch, limits }) };
}

/** An archive of several arrays. Throws DataError, naming the array. */
export async function readNpz({ path, scratch, limits }: Request): Promise<IngestedDataset> {
  const arrays = await readArrays(path, limits);
  const { x } = arrays;
  if (!x) throw invalidArray(null, 'an array x', 'none');
  const write = x.shape.length > 2 ? writeArrayImages : writeMatrix;
  return { format: 'npz', contents: await write({ ...arrays, x }, { scratch, limits }) };
}

/** What arrays are called: here, in Keras' datasets, and like the files of images. Case and underscores do not count. */
const roleNames: Readonly<Record<keyof Arrays, readonly string[]>> = {
  x: ['x', 'xtrain', 'images', 'trainimages'],
  y: ['y', 'ytrain', 'labels', 'trainlabels'],
  testX: ['testx', 'xtest', 'testimages'],
  testY: ['testy', 'ytest', 'testlabels'],
};
const roles = Object.keys(roleNames) as (keyof Arrays)[];

async function readArrays(path: string, limits: IngestLimits): Promise<Partial<Arrays>> {
  const arrays: Partial<Arrays> = {};
  // all are held at once
  const held = { ...limits, entryBytes: limits.heldBytes, unpackedBytes: limits.heldBytes };
  for await (const file of zipFiles(path, held)) {
    const name = file.name.replace(/\.npy$/, '');
    const plain = name.toLowerCase().replaceAll('_', '');
    const role = roles.find((candidate) => roleNames[candidate].includes(plain));
    if (!role) throw invalidArray(name, 'x and y, x_train, y_train, x_test and y_test, or images and labels', name);
    if (arrays[role]) throw invalidArray(name, `one array for ${role}`, 'two');
    arrays[role] = readNpy(file.content, name);
  }
  return arrays;
}
