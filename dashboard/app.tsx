/** The frame of the dashboard: navigation, and the view that the address names. */
import type { ComponentChild } from 'preact';
import { useRoute } from './hooks/use-route.js';
import type { Route } from './lib/routes.js';
import { JobView } from './views/job.js';
import { JobsView } from './views/jobs.js';
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
    default:
      return <NotFoundView />;
  }
}
