/** The frame of the dashboard: navigation, and the view that the address names. */
import type { ComponentChild } from 'preact';
import { useRoute } from './hooks/use-route.js';
import type { Route } from './lib/routes.js';
import { closeSession, hasSession } from './session.js';
import { CompareView } from './views/compare.js';
import { DatasetView } from './views/dataset.js';
import { DatasetsView } from './views/datasets.js';
import { JobView } from './views/job.js';
import { JobsView } from './views/jobs.js';
import { ModelView } from './views/model.js';
import { ModelsView } from './views/models.js';
import { NewJobView } from './views/new-job.js';
import { NotFoundView } from './views/not-found.js';

const sections = [
  ['jobs', 'Jobs'],
  ['datasets', 'Datasets'],
  ['models', 'Models'],
] as const;

export function App() {
  const route = useRoute();
  const [section = 'jobs', id = ''] = route.path;
  return (
    <>
      <button type="button" class="skip" onClick={() => document.querySelector('h1')?.focus()}>
        To the content
      </button>
      <header class="top">
        <a class="brand" href="#/jobs">
          Trainyard
        </a>
        <nav aria-label="Sections">
          {sections.map(([name, title]) => (
            <a key={name} href={`#/${name}`} aria-current={name === section ? 'page' : undefined}>
              {title}
            </a>
          ))}
          <a href="/docs">API</a>
        </nav>
        {hasSession() && (
          <button type="button" onClick={closeSession}>
            Sign out
          </button>
        )}
        <a class="button primary" href="#/new">
          New job
        </a>
      </header>
      {viewOf(section, id, route)}
    </>
  );
}

function viewOf(section: string, id: string, { query }: Route): ComponentChild {
  switch (section) {
    case 'jobs':
      return id ? <JobView key={id} id={id} /> : <JobsView query={query} />;
    case 'compare':
      return <CompareView ids={query.get('ids') ?? ''} />;
    case 'datasets':
      return id ? <DatasetView key={id} id={id} /> : <DatasetsView />;
    case 'models':
      return id ? <ModelView key={id} id={id} /> : <ModelsView />;
    case 'new':
      return <NewJobView datasetId={query.get('dataset') ?? ''} />;
    default:
      return <NotFoundView />;
  }
}
