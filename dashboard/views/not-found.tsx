/** For an address that no view has. */
import { Page } from '../components/page.js';

export function NotFoundView() {
  return (
    <Page title="Nothing here">
      <p>
        No page has this address. <a href="#/jobs">All jobs</a>
      </p>
    </Page>
  );
}
