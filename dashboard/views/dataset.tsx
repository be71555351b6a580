/** One dataset: what is in it, what is wrong with it, and what augmentation makes of it. */
import { useState } from 'preact/hooks';
import type { Dataset } from '../../src/schemas/dataset.js';
import type { Profile } from '../../src/schemas/profile.js';
import { Page } from '../components/page.js';
import { ProblemNote } from '../components/problem-note.js';
import { Section } from '../components/section.js';
import { useGet } from '../hooks/use-get.js';
import { link } from '../lib/routes.js';
import { Columns } from './dataset/columns.js';
import { DataProblems } from './dataset/data-problems.js';
import { PreviewSection } from './dataset/preview.js';
import { contentsOf } from './datasets.js';

export function DatasetView({ id }: { id: string }) {
  const { data: dataset, problem } = useGet<Dataset>(`/v1/datasets/${id}`);
  const [target, setTarget] = useState('');
  const query = target ? `?dataset=${encodeURIComponent(JSON.stringify({ target }))}` : '';
  const profile = useGet<Profile>(dataset ? `/v1/datasets/${id}/profile${query}` : null);

  if (!dataset)
    return (
      <Page title="Dataset">
        <ProblemNote problem={problem} />
      </Page>
    );
  return (
    <Page
      title={dataset.name}
      aside={
        <a class="button" href={link('/new', { dataset: id })}>
          Train on it
        </a>
      }
    >
      <p class="small muted">
        <code>{id}</code> · {dataset.format} · {contentsOf(dataset)}
      </p>
      {dataset.kind === 'table' && (
        <label class="inline">
          Target: what columns tell of it, and what the split does{' '}
          <select value={target} onChange={(event) => setTarget(event.currentTarget.value)}>
            <option value="">none</option>
            {dataset.columns.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
      <Section title="Problems">
        <ProblemNote problem={profile.problem} />
        {!profile.data && !profile.problem && <p class="muted">The profile is being made…</p>}
        {profile.data && <DataProblems problems={profile.data.problems} />}
      </Section>
      {profile.data?.kind === 'table' && <Columns columns={profile.data.columns} />}
      <PreviewSection dataset={dataset} />
    </Page>
  );
}
