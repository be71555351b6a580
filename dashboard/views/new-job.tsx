/** Describes a job: every field of the API's own schema, what it would cost while it is typed, and the same as curl. */
import { useState } from 'preact/hooks';
import type { Static } from '#typebox';
import type { DatasetPage } from '../../src/schemas/dataset.js';
import type { Job } from '../../src/schemas/job.js';
import { ask } from '../api.js';
import { Page } from '../components/page.js';
import { ProblemNote } from '../components/problem-note.js';
import { SchemaField } from '../components/schema-field.js';
import { useAction } from '../hooks/use-action.js';
import { useGet } from '../hooks/use-get.js';
import { useOpenApi } from '../hooks/use-openapi.js';
import { usePlan } from '../hooks/use-plan.js';
import { curl } from '../lib/curl.js';
import { fieldAt, pruned, type Schema, withField } from '../lib/schema.js';
import { hasSession } from '../session.js';
import { DataChoice } from './new-job/data-choice.js';
import { PlanPanel } from './new-job/plan-panel.js';

/** Chosen above the form, by name. */
const chosenElsewhere = ['id', 'target'];
const openAtFirst = ['model', 'optimizer', 'training'];

export function NewJobView({ datasetId }: { datasetId: string }) {
  const [spec, setSpec] = useState<object>({ dataset: { id: datasetId }, model: { type: 'mlp' } });
  const document = useOpenApi();
  const { data: datasets, problem: unlisted } = useGet<Static<typeof DatasetPage>>('/v1/datasets?limit=200');
  const sent = pruned(spec) as object;
  const data = fieldAt(spec, 'dataset');
  const { plan, problem } = usePlan(fieldAt(data, 'id') ? sent : null);
  const { busy, problem: refused, run } = useAction();
  const submit = (event: Event) => {
    event.preventDefault();
    void run(async () => {
      const job = await ask<Job>('/v1/jobs', { method: 'POST', body: sent });
      location.hash = `/jobs/${job.id}`;
    });
  };
  const errors = new Map((problem?.errors ?? []).map(({ path, message }) => [path, message]));
  const context = document && { document, resolved: plan?.spec, errors };
  const parts = Object.entries(document?.components.schemas['JobSpec']?.properties ?? {});

  if (datasets && !datasets.items.length)
    return (
      <Page title="New job">
        <p class="empty">
          A job needs data: <a href="#/datasets">upload a dataset</a> first.
        </p>
      </Page>
    );
  return (
    <Page title="New job">
      <ProblemNote problem={unlisted} />
      <form class="new-job" onSubmit={submit}>
        <div>
          <DataChoice
            datasets={datasets?.items ?? []}
            data={data}
            set={(next) => setSpec(withField(spec, 'dataset', next))}
          />
          {context &&
            parts.map(([name, schema]) => (
              <details key={name} open={openAtFirst.includes(name)}>
                <summary>{name}</summary>
                <SchemaField
                  name={name}
                  path={`/${name}`}
                  schema={name === 'dataset' ? withoutChosen(schema, context.document.components.schemas) : schema}
                  value={fieldAt(spec, name)}
                  set={(value) => setSpec(withField(spec, name, value))}
                  context={context}
                />
              </details>
            ))}
        </div>
        <aside aria-label="Plan">
          <PlanPanel plan={problem ? undefined : plan} />
          <ProblemNote problem={problem} />
          <button type="submit" class="primary" disabled={busy || !plan || problem !== undefined}>
            Train it
          </button>
          <ProblemNote problem={refused} />
          <h2>The same in a shell</h2>
          <pre tabIndex={0}>{curl(`${location.origin}/v1/jobs`, sent, { withKey: hasSession() })}</pre>
        </aside>
      </form>
    </Page>
  );
}

function withoutChosen({ $ref = '' }: Schema, schemas: Record<string, Schema>): Schema {
  const { properties = {}, ...schema } = schemas[$ref.split('/').at(-1)!] ?? {};
  const others = Object.entries(properties).filter(([name]) => !chosenElsewhere.includes(name));
  return { ...schema, properties: Object.fromEntries(others) };
}
