/**
 * The first rows of the training split before and after augmentation, as training would see them in its first epoch: they
 * come from the same source through the same writer, and are read back to what a person can look at.
 */
import type { FeatureInputs } from '../data/augment/augmentation.js';
import { Augmenter } from '../data/augment/augmenter.js';
import { feedPlan } from '../data/feed/feed.js';
import type { FedData } from '../data/feed/feed-data.js';
import { readerOf } from '../data/feed/source.js';
import { rowWriter } from '../data/feed/write-rows.js';
import { type ImagesPreparation, levelsOf } from '../data/images/images.js';
import { encodePng, encodeSheet, type Picture } from '../data/images/png.js';
import type { Preparation } from '../data/preparation.js';
import type { StoredDataset } from '../data/stored-dataset.js';
import { firstRows } from '../data/stored-rows.js';
import { type FittedTokenizer, openTokenizer } from '../data/text/tokenizer.js';
import type { ResolvedJobSpec } from '../schemas/job-spec.js';
import type { ImagesPreview, InputsPreview, Preview, TextsPreview } from '../schemas/preview.js';
import type { DatasetTask } from './answer-of-dataset.js';
import { fedData, type RowStore } from './training-data.js';

export interface PreviewTask extends DatasetTask {
  /** null: rows of a table as they stand. */
  spec: ResolvedJobSpec | null;
  store: Omit<RowStore, 'onProgress'>;
  count: number;
  /** One PNG of images, a line each: before and after. */
  sheet: boolean;
}

type WithoutId<Whole> = Whole extends unknown ? Omit<Whole, 'datasetId'> : never;
export type PreviewReply = { preview: WithoutId<Preview> } | { sheet: Uint8Array };

interface Row {
  x: Float32Array | Int32Array;
  target: Pick<InputsPreview['samples'][number]['before'], 'labels' | 'value'>;
}

export async function previewDataset(
  stored: StoredDataset,
  { spec, store, count, sheet }: PreviewTask,
): Promise<PreviewReply> {
  if (spec === null) {
    if (stored.kind !== 'table') throw new Error(`rows as they stand: expected a table, got ${stored.kind}`);
    return { preview: { kind: 'table', rows: firstRows(stored.columns, count) } };
  }
  const fed = fedData(stored, spec, { ...store, onProgress: () => undefined });
  const { preparation } = fed;
  const rows = sampleRows(fed, { seed: spec.training.seed, count });
  switch (preparation.kind) {
    case 'images': {
      const pictures = rows.map((pair) => pair.map(({ x }) => pictureOf(preparation, x as Float32Array)));
      if (sheet) return { sheet: await encodeSheet(pictures) };
      const images = await Promise.all(pictures.map((pair) => Promise.all(pair.map(dataUri))));
      const samples = sides<ImagesPreview>(rows, (_, row, side) => ({ image: images[row]![side]! }));
      return { preview: { kind: 'images', samples } };
    }
    case 'columns': {
      const { domain } = fed.source;
      if (domain.kind !== 'table') throw new Error(`inputs of columns: expected a table, got ${domain.kind}`);
      const named = preparation.features.map(({ name }, index) => ({ column: name, ...domain.features[index]! }));
      const samples = sides<InputsPreview>(rows, ({ x }) => ({ inputs: inputsOf(named, x) }));
      return { preview: { kind: 'inputs', samples } };
    }
    case 'texts':
    case 'stream': {
      const read = textReader(preparation.tokenizer);
      return { preview: { kind: 'texts', samples: sides<TextsPreview>(rows, ({ x }) => ({ text: read(x) })) } };
    }
    default:
      throw new Error(`preparation ${preparation satisfies never}`);
  }
}

/** [before, after] of each row. */
function sampleRows(
  { source, shape, preparation }: FedData,
  { seed, count }: { seed: number; count: number },
): Row[][] {
  const { rows, domain, augmentations } = source;
  const { inputs, outputs, tokens, task } = shape;
  const softTargets = task === 'classification' && feedPlan(augmentations).softTargets;
  const augmenter = new Augmenter({ domain, augmentations, seed, inputs });
  const write = rowWriter({ reader: readerOf(rows, shape), augmenter, domain, shape, softTargets });
  const shown = Math.min(count, shape.rows.train);
  // of a text, windows that stand side by side
  const stride = tokens?.stream === undefined ? 1 : inputs;
  const places = Uint32Array.from({ length: shown }, (_, row) => row * stride);
  const sampled = (epoch: number | null): Row[] => {
    const isSoft = softTargets && epoch !== null;
    const columns = tokens?.stream === undefined ? (isSoft ? outputs : 1) : 0;
    const x = new (tokens === undefined ? Float32Array : Int32Array)(shown * inputs);
    const y = new (task === 'regression' || isSoft ? Float32Array : Int32Array)(shown * columns);
    write({ split: 'train', places, epoch, x, y });
    return Array.from(places, (_, row) => ({
      x: x.subarray(row * inputs, (row + 1) * inputs),
      target: targetOf(preparation, y.subarray(row * columns, (row + 1) * columns), isSoft),
    }));
  };
  const [before, after] = [sampled(null), sampled(0)];
  return before.map((row, index) => [row, after[index]!]);
}

function targetOf(preparation: Preparation, y: Row['x'], isSoft: boolean): Row['target'] {
  if (preparation.kind === 'stream') return {};
  const { target } = preparation;
  if (target.type === 'regression') return { value: y[0]! };
  const { classes } = target;
  if (!isSoft) return { labels: [{ label: classes[y[0]!]!, share: 1 }] };
  const labels = Array.from(y, (share, index) => ({ label: classes[index]!, share }));
  return { labels: labels.filter(({ share }) => share > 0) };
}

type Side<Kind extends ImagesPreview | InputsPreview | TextsPreview> = Kind['samples'][number]['before'];

function sides<Kind extends ImagesPreview | InputsPreview | TextsPreview>(
  rows: readonly Row[][],
  show: (row: Row, index: number, side: number) => Omit<Side<Kind>, keyof Row['target']>,
): { before: Side<Kind>; after: Side<Kind> }[] {
  return rows.map((pair, index) => {
    const [before, after] = pair.map((row, side) => ({ ...show(row, index, side), ...row.target }) as Side<Kind>);
    return { before: before!, after: after! };
  });
}

const pictureOf = (preparation: ImagesPreparation, x: Float32Array): Picture => ({
  levels: levelsOf(x, preparation),
  shape: preparation.shape as [number, number, number],
});

const dataUri = async (picture: Picture): Promise<string> =>
  `data:image/png;base64,${(await encodePng(picture)).toString('base64')}`;

const inputsOf = (features: readonly (FeatureInputs & { column: string })[], x: Row['x']) =>
  features.map(({ column, first, width }) => ({ column, values: [...x.subarray(first, first + width)] }));

/** Text of tokens: special ones by their names, padding not at all. */
function textReader(tokenizer: FittedTokenizer): (tokens: Row['x']) => string {
  const { decode, firstOrdinary } = openTokenizer(tokenizer);
  const { special } = tokenizer;
  return (tokens) => {
    let text = '';
    let run: number[] = []; // ordinary tokens: a character may be several
    for (const token of tokens) {
      if (token >= firstOrdinary) {
        run.push(token);
        continue;
      }
      text += decode(run);
      run = [];
      if (special[token] !== 'padding') text += `[${special[token]}]`;
    }
    return text + decode(run);
  };
}
