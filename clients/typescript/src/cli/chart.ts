/** Series as text: a mark for each, steps to the right, values upwards. */

export interface ChartSeries {
  name: string;
  /** [step, value] in ascending steps, at least one. */
  points: readonly (readonly [number, number])[];
}

const marks = ['•', '+', '×', 'o', '*', '#'];

/** `width` is that of the whole, `height` that of the plot, without the axis and the names below. */
export function chart(series: readonly ChartSeries[], { width, height }: { width: number; height: number }): string {
  const all = series.flatMap(({ points }) => points);
  const [firstStep, lastStep] = rangeOf(all.map(([step]) => step));
  const [least, greatest] = rangeOf(all.map(([, value]) => value));
  // a label for each row: the value in the middle of it
  const labels = Array.from({ length: height }, (_, row) =>
    short(greatest - (row / (height - 1)) * (greatest - least)),
  );
  const margin = Math.max(...labels.map(({ length }) => length));
  const columns = Math.max(10, width - margin - 2);
  const plot = labels.map(() => Array<string>(columns).fill(' '));
  series.forEach(({ points }, index) => {
    for (const [step, value] of points) {
      const column = place(step, firstStep, lastStep, columns);
      plot[height - 1 - place(value, least, greatest, height)]![column] = marks[index % marks.length]!;
    }
  });
  const steps = `step ${firstStep}`.padEnd(columns - String(lastStep).length) + lastStep;
  return [
    ...plot.map((row, at) => `${labels[at]!.padStart(margin)} │${row.join('')}`.trimEnd()),
    `${' '.repeat(margin)} └${'─'.repeat(columns)}`,
    `${' '.repeat(margin + 2)}${steps}`,
    `${' '.repeat(margin + 2)}${series.map(({ name }, at) => `${marks[at % marks.length]} ${name}`).join('   ')}`,
  ].join('\n');
}

function rangeOf(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([least, greatest], value) => [Math.min(least, value), Math.max(greatest, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

/** Of `count` places from `least` to `greatest`; the first where these are the same. */
const place = (value: number, least: number, greatest: number, count: number): number =>
  greatest === least ? 0 : Math.round(((value - least) / (greatest - least)) * (count - 1));

const short = (value: number): string => String(Number(value.toPrecision(3)));
