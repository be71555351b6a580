/** Jobs beside one another: where their specs differ, what they reached, their curves on one axis. */
import { useState } from 'preact/hooks';
import type { Comparison } from '../../src/schemas/comparison.js';
import { Chart } from '../components/chart.js';
import { Page } from '../components/page.js';
import { ProblemNote } from '../components/problem-note.js';
import { Scroll } from '../components/scroll.js';
import { Section } from '../components/section.js';
import { StateBadge } from '../components/state-badge.js';
import { useGet } from '../hooks/use-get.js';
import { comparedCurves } from '../lib/curves.js';
import { shortId, shown } from '../lib/format.js';

export function CompareView({ ids }: { ids: string }) {
  const [by, setBy] = useState('step');
  const [log, setLog] = useState(false);
  const { data, problem } = useGet<Comparison>(`/v1/jobs/compare?ids=${encodeURIComponent(ids)}&by=${by}`);
  const names = [...new Set(data?.jobs.flatMap(({ metrics }) => Object.keys(metrics ?? {})))].sort();
  return (
    <Page title="Compare">
      <ProblemNote problem={problem} />
      {data && (
        <>
          <Section title="Specs and results">
            <Scroll label="Specs and results">
              <table class="numeric">
                <thead>
                  <tr>
                    <th scope="col">Field</th>
                    {data.jobs.map(({ id, name, state }) => (
                      <th key={id} scope="col">
                        <a href={`#/jobs/${id}`}>{name}</a> {shortId(id)} <StateBadge state={state} />
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {data.differences.map(({ path, values }) => (
                    <tr key={path}>
                      <th scope="row">
                        <code>{path}</code>
                      </th>
                      {data.jobs.map(({ id }, i) => (
                        <td key={id}>{shown(values[i])}</td>
                      ))}
                    </tr>
                  ))}
                  {names.map((name) => (
                    <tr key={name}>
                      <th scope="row">{name}</th>
                      {data.jobs.map(({ id, metrics }) => (
                        <td key={id}>{metrics && name in metrics ? shown(metrics[name]) : '—'}</td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
            {!data.differences.length && <p class="muted">Their specs are equal.</p>}
          </Section>
          <Section
            title="Curves"
            aside={
              <div class="settings">
                <label class="inline">
                  <input type="checkbox" checked={log} onChange={(event) => setLog(event.currentTarget.checked)} /> log
                  scale
                </label>
                <label class="inline">
                  over{' '}
                  <select value={by} onChange={(event) => setBy(event.currentTarget.value)}>
                    <option value="step">steps</option>
                    <option value="time">seconds</option>
                  </select>
                </label>
              </div>
            }
          >
            <div class="charts">
              {data.series.map(({ name, axis, values }) => (
                <Chart
                  key={name}
                  title={name}
                  curves={comparedCurves(data.jobs, { axis, values, log })}
                  log={log}
                  seconds={data.by === 'time'}
                  marks={[]}
                />
              ))}
            </div>
          </Section>
        </>
      )}
    </Page>
  );
}
