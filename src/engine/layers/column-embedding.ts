/**
 * Some columns of a row are codes, and each becomes a vector to be learnt: y[r,:] = x[r,:] with weight[code,:] in the place of
 * every code; weights [vocabulary, width] for each such column. A code is a number without what follows its point. Code 0
 * stands for whatever is not in the vocabulary, and its vector begins as zero, the mean of what the others are drawn from.
 */
import { type Static, Type } from '#typebox';
import { EngineError } from '../errors.js';
import { type Initializer, normal } from '../initializers.js';
import type { EmbeddedColumn, Shape } from '../shape.js';
import { vocabularyField, widthField } from './embedding.js';
import type { Layer } from './layer.js';

export const ColumnEmbeddingSpec = Type.Object(
  {
    type: Type.Literal('columnEmbedding'),
    columns: Type.Array(
      Type.Object(
        {
          column: Type.Integer({ minimum: 0, maximum: 16_777_216, description: 'Its place in the row' }),
          vocabulary: vocabularyField,
          width: widthField,
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 2000, description: 'Those that are codes, from the first to the last' },
    ),
  },
  { additionalProperties: false },
);
export type ColumnEmbeddingSpec = Static<typeof ColumnEmbeddingSpec>;

const F32_BYTES = 4;

const weightOf = ({ column }: EmbeddedColumn): string => `${column}.weight`;

const apartFromUnknown =
  (width: number): Initializer =>
  (out, draws) => {
    normal(0.05)(out, draws);
    out.fill(0, 0, width);
  };

/** Columns of x from `first` on, and what they become in y: `width` elements from `to` on. */
interface Run {
  readonly first: number;
  readonly to: number;
  readonly width: number;
  /** null where they are copied. */
  readonly embedded: EmbeddedColumn | null;
}

/** Every column of x, in order: those that are codes each by itself, those between them together. */
function columnRuns(columns: readonly EmbeddedColumn[], inputs: number): Run[] {
  const runs: Run[] = [];
  let [first, to] = [0, 0];
  const add = (width: number, embedded: EmbeddedColumn | null) => {
    if (width > 0) runs.push({ first, to, width, embedded });
    first += embedded === null ? width : 1;
    to += width;
  };
  for (const embedded of columns) {
    add(embedded.column - first, null);
    add(embedded.width, embedded);
  }
  add(inputs - first, null);
  return runs;
}

const widthAfter = (columns: readonly EmbeddedColumn[], inputs: number): number =>
  columns.reduce((width, embedded) => width + embedded.width - 1, inputs);

export const columnEmbedding: Layer<ColumnEmbeddingSpec> = {
  outputShape({ columns }, inputShape) {
    const [inputs] = inputShape as [number];
    checkRows(inputShape);
    columns.forEach(({ column }, index) => {
      const least = index === 0 ? 0 : columns[index - 1]!.column + 1;
      if (column >= least && column < inputs) return;
      const expected = `a column from ${least} to ${inputs - 1}`;
      const message = `columnEmbedding: columns ascend within the row: expected ${expected}, got ${column}`;
      throw new EngineError('invalid_spec', message, { expected, got: column });
    });
    return [widthAfter(columns, inputs)];
  },
  parameters({ columns }) {
    return columns.map((embedded) => ({
      name: weightOf(embedded),
      shape: [embedded.vocabulary, embedded.width],
      penalised: true,
      initializer: apartFromUnknown(embedded.width),
    }));
  },
  forward({ columns }, io, x) {
    const [inputs, outputs] = [io.inputShape[0]!, io.outputShape[0]!];
    const y = io.buffer('output', io.rows * outputs); // [rows, outputs]
    for (const { first, to, width, embedded } of columnRuns(columns, inputs)) {
      const [from, into] = [x + F32_BYTES * first, y + F32_BYTES * to];
      if (embedded === null) {
        io.call('copyColumns', io.rows, width, from, inputs, into, outputs);
      } else {
        const weight = io.parameter(weightOf(embedded));
        io.call('gatherByCode', io.rows, width, embedded.vocabulary, from, inputs, weight, into, outputs);
      }
    }
    return y;
  },
  // dW[code[r],:] += dy[r,:]; what is copied hands dy on, codes have no gradient
  backward({ columns }, io, { x, dy }) {
    const [inputs, outputs] = [io.inputShape[0]!, io.outputShape[0]!];
    const runs = columnRuns(columns, inputs);
    for (const { first, to, width, embedded } of runs) {
      if (embedded === null) continue;
      const gradient = io.gradient(weightOf(embedded));
      if (io.accumulate === 0) io.call('fill', embedded.vocabulary * width, gradient, 0);
      const [from, above] = [x + F32_BYTES * first, dy + F32_BYTES * to];
      io.call('scatterByCode', io.rows, width, embedded.vocabulary, from, inputs, above, outputs, gradient);
    }
    if (!io.needsInputGradient) return dy;
    const dx = io.buffer('inputGradient', io.rows * inputs); // [rows, inputs]
    io.call('fill', io.rows * inputs, dx, 0);
    for (const { first, to, width, embedded } of runs) {
      if (embedded !== null) continue;
      io.call('copyColumns', io.rows, width, dy + F32_BYTES * to, outputs, dx + F32_BYTES * first, inputs);
    }
    return dx;
  },
};

function checkRows(inputShape: Shape): void {
  if (inputShape.length === 1) return;
  const [expected, got] = ['[columns]', `[${inputShape.join(', ')}]`];
  throw new EngineError('invalid_spec', `columnEmbedding: expected rows of shape ${expected}, got ${got}`, {
    expected,
    got,
  });
}
