/** The data of both sides of the suite, small enough that a run takes a second, as the service would have stored them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeImages } from '../../src/data/images/image-file.js';
import { resultName } from '../../src/data/ingest-protocol.js';
import { defaultLimits } from '../../src/data/limits.js';
import { readTable } from '../../src/data/read-table.js';
import { openDataset, type StoredDataset } from '../../src/data/stored-dataset.js';
import { countText } from '../../src/data/text/count-text.js';
import { projectRoot } from '../../src/paths.js';
import type { DatasetContents } from '../../src/schemas/dataset.js';
import { fashionMnistImages } from '../learning/fashion-mnist.js';

export interface Dataset {
  name: string;
  stored: StoredDataset;
  contents: DatasetContents;
}

/** A table of texts, that a sickness may be put into. */
export interface Table {
  name: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
  target: string;
  task: 'classification' | 'regression';
}

type TableName =
  | 'penguins'
  | 'mpg'
  | 'wine'
  | 'breast-cancer'
  | 'digits'
  | 'diabetes'
  | 'vehicle'
  | 'ionosphere'
  | 'diamonds'
  | 'satellite'
  | 'vowel'
  | 'txhousing';

const tables: Record<TableName, { file: string; target: string; task: Table['task'] }> = {
  penguins: { file: 'examples/data/penguins.csv', target: 'species', task: 'classification' },
  mpg: { file: 'examples/data/mpg.csv', target: 'mpg', task: 'regression' },
  wine: { file: 'bench/findings/data/wine.csv', target: 'cultivar', task: 'classification' },
  'breast-cancer': { file: 'bench/findings/data/breast-cancer.csv', target: 'diagnosis', task: 'classification' },
  digits: { file: 'bench/findings/data/digits.csv', target: 'digit', task: 'classification' },
  diabetes: { file: 'bench/findings/data/diabetes.csv', target: 'progression', task: 'regression' },
  vehicle: { file: 'bench/findings/data/vehicle.csv', target: 'Class', task: 'classification' },
  ionosphere: { file: 'bench/findings/data/ionosphere.csv', target: 'Class', task: 'classification' },
  diamonds: { file: 'bench/findings/data/diamonds.csv', target: 'price', task: 'regression' },
  satellite: { file: 'bench/findings/data/satellite.csv', target: 'classes', task: 'classification' },
  vowel: { file: 'bench/findings/data/vowel.csv', target: 'Class', task: 'classification' },
  txhousing: { file: 'bench/findings/data/txhousing.csv', target: 'median', task: 'regression' },
};

/** None of these files quotes a value; `NA` and nothing are missing values. */
export function readExample(name: TableName): Table {
  const { file, ...task } = tables[name];
  const [columns, ...rows] = readFileSync(join(projectRoot, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return { name, columns: columns!, rows, ...task };
}

export const csvOf = ({ columns, rows }: Table): string => [columns, ...rows].map((row) => row.join(',')).join('\n');

export async function storeTable(table: Table): Promise<Dataset> {
  const scratch = mkdtempSync(join(tmpdir(), 'trainyard-findings-'));
  try {
    const path = join(scratch, 'upload.csv');
    writeFileSync(path, csvOf(table));
    const { contents } = await readTable({ path, scratch, limits: defaultLimits });
    return { name: table.name, contents, stored: openDataset(join(scratch, resultName)) }; // a deleted file is read while it is open
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** Characters of Shakespeare: each side has others. */
export function shakespeare(from: number, characters: number): Dataset {
  const text = readFileSync(join(projectRoot, 'examples/data/tinyshakespeare.txt')).subarray(from, from + characters);
  const contents = { kind: 'text', textBytes: text.length, ...countText(text) } as const;
  return { name: 'tinyshakespeare', contents, stored: { kind: 'text', text, close: () => undefined } };
}

/** The table of digits as images of 8 × 8. */
export function digitImages(): Dataset {
  const { name, rows } = readExample('digits');
  const pixels = Uint8Array.from(rows.flatMap((row) => row.slice(0, 64).map((level) => 15 * Number(level))));
  const labels = Uint8Array.from(rows, (row) => Number(row[64]!.slice(1)));
  const classes = Array.from({ length: 10 }, (_, digit) => String(digit));
  const contents = describeImages({ shape: [1, 8, 8], classes, labels, testRowCount: 0 });
  return { name, contents, stored: { kind: 'images', images: { contents, pixels, labels }, close: () => undefined } };
}

/** Images from the front of Fashion-MNIST, in one part. */
export function fashionMnistSubset(from: number, images: number): Dataset {
  const { contents: all, pixels, labels: known } = fashionMnistImages();
  const size = pixels.length / known.length;
  const labels = known.slice(from, from + images);
  const { shape, classes } = all;
  const contents = describeImages({ shape, classes, labels, testRowCount: 0 });
  return {
    ...{ name: 'fashion-mnist', contents },
    stored: {
      kind: 'images',
      images: {
        contents,
        pixels: pixels.slice(from * size, (from + images) * size),
        labels,
      },
      close: () => undefined,
    },
  };
}
