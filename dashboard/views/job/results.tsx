/** What the model reached on each split, and which classes it confuses. */
import { useState } from 'preact/hooks';
import type { JobResult, SplitMetrics } from '../../../src/schemas/job.js';
import { ConfusionMatrix } from '../../components/confusion-matrix.js';
import { Scroll } from '../../components/scroll.js';
import { Section } from '../../components/section.js';
import { number, shown } from '../../lib/format.js';

const splits = ['train', 'validation', 'test'] as const;

export function Results({ metrics }: { metrics: JobResult['metrics'] }) {
  const there = splits.flatMap((name) => (metrics[name] ? [{ name, split: metrics[name] }] : []));
  const names = [...new Set(there.flatMap(({ split }) => Object.keys(split.values)))].sort();
  return (
    <Section title="Results">
      <Scroll label="Metrics">
        <table class="numeric dense">
          <thead>
            <tr>
              <th scope="col">Metric</th>
              {there.map(({ name, split }) => (
                <th key={name} scope="col">
                  {name} <span class="small muted">{number(split.rows)} rows</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {names.map((metric) => (
              <tr key={metric}>
                <th scope="row">{metric}</th>
                {there.map(({ name, split }) => (
                  <td key={name}>{metric in split.values ? shown(split.values[metric]) : '—'}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Confusions splits={there} />
    </Section>
  );
}

function Confusions({ splits }: { splits: { name: string; split: SplitMetrics }[] }) {
  const there = splits.filter(({ split }) => split.confusion && split.classes);
  const [chosen, setChosen] = useState(there.at(-1)?.name);
  const split = there.find(({ name }) => name === chosen)?.split;
  if (!split?.confusion || !split.classes) return null;
  return (
    <>
      <label class="inline">
        Confusion on{' '}
        <select value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
          {there.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <ConfusionMatrix counts={split.confusion} classes={split.classes.map(({ name }) => name)} />
    </>
  );
}
