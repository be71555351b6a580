/** The columns of a table: type, what is missing, how the values lie, what each tells of the target. */
import type { ColumnProfile } from '../../../src/schemas/profile.js';
import { Histogram } from '../../components/histogram.js';
import { Scroll } from '../../components/scroll.js';
import { Section } from '../../components/section.js';
import { number } from '../../lib/format.js';

export function Columns({ columns }: { columns: ColumnProfile[] }) {
  const scored = columns.some(({ target }) => target);
  return (
    <Section title="Columns">
      <Scroll label="Columns">
        <table class="numeric">
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Type</th>
              <th scope="col">Missing</th>
              <th scope="col">Distinct</th>
              <th scope="col">Values</th>
              <th scope="col">Range, or most frequent</th>
              {scored && <th scope="col">Tells of the target</th>}
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <tr key={column.name}>
                <th scope="row">{column.name}</th>
                <td>{column.type}</td>
                <td>{number(column.missing)}</td>
                <td>{number(column.distinct)}</td>
                <td>
                  <Values column={column} />
                </td>
                <td>{inWords(column)}</td>
                {scored && <td>{column.target ? number(column.target.score) : '—'}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Section>
  );
}

function Values({ column: { name, numbers, categories } }: { column: ColumnProfile }) {
  const counts = numbers?.histogram.counts ?? categories?.top.map(({ count }) => count);
  return counts?.length ? <Histogram label={`Values of ${name}`} counts={counts} /> : null;
}

function inWords({ type, numbers, categories }: ColumnProfile): string {
  if (numbers) {
    const shown = type === 'date' ? (value: number) => new Date(value).toISOString().slice(0, 10) : number;
    return `${shown(numbers.min)} to ${shown(numbers.max)}`;
  }
  return (categories?.top ?? [])
    .slice(0, 3)
    .map(({ value, count }) => `${value} (${number(count)})`)
    .join(', ');
}
