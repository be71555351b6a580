/** All models: what succeeded jobs left to predict with. */
import type { Static } from '#typebox';
import type { Model, ModelPage } from '../../src/schemas/run.js';
import { Page } from '../components/page.js';
import { Pager, pageAt } from '../components/pager.js';
import { ProblemNote } from '../components/problem-note.js';
import { Scroll } from '../components/scroll.js';
import { useGet } from '../hooks/use-get.js';
import { ago } from '../lib/format.js';

export function ModelsView({ query }: { query: URLSearchParams }) {
  const cursor = query.get('cursor') ?? '';
  const { data, problem } = useGet<Static<typeof ModelPage>>(pageAt('/v1/models', cursor));
  return (
    <Page title="Models">
      <ProblemNote problem={problem} />
      {data && !data.items.length && (
        <p class="empty">
          There are none yet: a job that succeeds leaves one. <a href="#/new">Describe a job</a>
        </p>
      )}
      {data && data.items.length > 0 && (
        <Scroll label="Models">
          <table class="boxed">
            <thead>
              <tr>
                <th scope="col">Model</th>
                <th scope="col">Task</th>
                <th scope="col">Predicts</th>
                <th scope="col">From</th>
                <th scope="col">Made</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map(({ id, name, task, target, jobId, createdAt }: Model) => (
                <tr key={id}>
                  <td>
                    <a href={`#/models/${id}`}>{name}</a>
                  </td>
                  <td>{task}</td>
                  <td>{target ?? '—'}</td>
                  <td>
                    <a href={`#/jobs/${jobId}`}>its job</a>
                  </td>
                  <td class="small muted">{ago(createdAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <Pager path="/models" cursor={cursor} nextCursor={data?.nextCursor} />
    </Page>
  );
}
