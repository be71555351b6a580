/** The spec with every default, and what a fork changed. */

import type { Lineage } from '../../../src/schemas/comparison.js';
import type { Job } from '../../../src/schemas/job.js';
import { Scroll } from '../../components/scroll.js';
import { Section } from '../../components/section.js';
import { useGet } from '../../hooks/use-get.js';
import { shown } from '../../lib/format.js';

export function SpecView({ job: { id, spec, forkOf } }: { job: Job }) {
  const { data } = useGet<Lineage>(forkOf ? `/v1/jobs/${id}/lineage` : null);
  const own = data?.jobs.find((relative) => relative.id === id);
  return (
    <Section title="Spec">
      {own && (
        <>
          <p>
            Forked from <a href={`#/jobs/${forkOf}`}>its parent</a>
            {own.origin && ` (${own.origin})`}, with {own.changes.length || 'no'} changes:
          </p>
          {own.changes.length > 0 && (
            <Scroll label="Changes">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Field</th>
                    <th scope="col">Parent</th>
                    <th scope="col">This job</th>
                  </tr>
                </thead>
                <tbody>
                  {own.changes.map(({ path, before, after }) => (
                    <tr key={path}>
                      <td>
                        <code>{path}</code>
                      </td>
                      <td>{shown(before)}</td>
                      <td>
                        <b>{shown(after)}</b>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          )}
        </>
      )}
      <details>
        <summary>Everything, defaults included</summary>
        <pre tabIndex={0}>{JSON.stringify(spec, null, 2)}</pre>
      </details>
    </Section>
  );
}
