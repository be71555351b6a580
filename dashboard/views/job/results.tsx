/** What the model reached on each split and what its folds did, and which classes it confuses. */
import { useState } from 'preact/hooks';
import type { JobResult, SplitMetrics } from '../../../src/schemas/job.js';
import { ConfusionMatrix } from '../../components/confusion-matrix.js';
import { Scroll } from '../../components/scroll.js';
import { Section } from '../../components/section.js';
import { number, shown } from '../../lib/format.js';

const splits = ['train', 'validation', 'test'] as const;

export function Results({ result: { metrics, folds } }: { result: JobResult }) {
  const there = splits.flatMap((name) => (metrics[name] ? [{ name, split: metrics[name] }] : []));
  const measured = [...there.map(({ split }) => split.values), folds?.metrics ?? {}];
  const names = [...new Set(measured.flatMap(Object.keys))].sort();
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
              {folds && (
                <th scope="col">
                  {number(folds.count)} folds <span class="small muted">mean ± deviation</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {names.map((metric) => (
              <tr key={metric}>
                <th scope="row">{metric}</th>
                {there.map(({ name, split }) => (
                  <td key={name}>{metric in split.values ? shown(split.values[metric]) : '—'}</td>
                ))}
                {folds && <td>{ofFolds(folds.metrics[metric])}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Confusions splits={there} />
    </Section>
  );
}

type FoldMetric = NonNullable<JobResult['folds']>['metrics'][string];

const ofFolds = (metric: FoldMetric | undefined): string =>
  metric ? `${shown(metric.mean)} ± ${shown(metric.deviation)}` : '—';

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
