/** Every view in light, in dark and in the width of a phone: nothing that axe faults, nothing that scrolls sideways. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Job } from '../../src/schemas/job.js';
import { specOf, startApi, type TestApi, uploadPenguins } from '../routes/support.js';
import { startConsumer, train } from '../routes/training.js';
import { accessibilityFaults, type Dashboard, type Look, openDashboard } from './browser.js';

const looks: Record<string, Look> = {
  light: {},
  dark: { colorScheme: 'dark' },
  'on a phone': { width: 390 },
};

let dashboard: Dashboard;
let job: Job;

before(async () => {
  const api: TestApi = await startApi();
  dashboard = await openDashboard(api);
  startConsumer(api);
  const dataset = await uploadPenguins(api);
  job = await train(api, specOf(dataset, { name: 'penguins', training: { epochs: 20 } }));
});

/** Each view's address, and what is on it once it has loaded. */
const views: Record<string, { hash: () => string; shows: (page: Page) => Promise<unknown> }> = {
  jobs: { hash: () => '#/jobs', shows: (page) => page.getByText('succeeded').nth(1).waitFor() },
  'no jobs': { hash: () => '#/jobs?state=paused', shows: (page) => page.getByText('No job is paused').waitFor() },
  'a job': { hash: () => `#/jobs/${job.id}`, shows: (page) => page.locator('.confusion').waitFor() },
  'a job that is not there': {
    hash: () => `#/jobs/job_${'0'.repeat(26)}`,
    shows: (page) => page.getByRole('alert').waitFor(),
  },
  'no view': { hash: () => '#/nowhere', shows: (page) => page.getByText('No page has this address').waitFor() },
};

for (const [name, { hash, shows }] of Object.entries(views)) {
  test(`${name}: axe finds no fault in light, dark or on a phone, and a phone shows its whole width`, async () => {
    for (const [look, options] of Object.entries(looks)) {
      const page = await dashboard.open(hash(), options);
      await shows(page);
      assert.deepEqual(await accessibilityFaults(page), [], look);
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      assert.ok(Number(overflow) <= 0, `${look}: ${overflow} pixels too wide`);
      await page.close();
    }
  });
}
