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
let other: Job;

before(async () => {
  const api: TestApi = await startApi();
  dashboard = await openDashboard(api);
  startConsumer(api);
  const dataset = await uploadPenguins(api);
  job = await train(api, specOf(dataset, { name: 'penguins', training: { epochs: 20 } }));
  other = await train(
    api,
    specOf(dataset, { training: { epochs: 5 }, optimizer: { type: 'adam', learningRate: 0.01 } }),
  );
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
  datasets: {
    hash: () => '#/datasets',
    shows: (page) => page.getByRole('link', { name: 'penguins' }).first().waitFor(),
  },
  'a dataset': {
    hash: () => `#/datasets/${job.spec.dataset.id}`,
    shows: async (page) => {
      await page.getByLabel(/^Target/).selectOption('species');
      await page.getByText('Tells of the target').waitFor();
    },
  },
  models: { hash: () => '#/models', shows: (page) => page.getByRole('link', { name: 'penguins' }).first().waitFor() },
  'a model': {
    hash: () => `#/models/${job.result?.modelId}`,
    shows: async (page) => {
      await page.getByRole('button', { name: 'Predict' }).click();
      await page.locator('.prediction').waitFor();
    },
  },
  'a new job': {
    hash: () => `#/new?dataset=${job.spec.dataset.id}`,
    shows: async (page) => {
      await page.getByLabel(/^Target/).selectOption('species');
      await page.getByText('Memory at its peak').waitFor();
    },
  },
  'a new job with everything unfolded': {
    hash: () => `#/new?dataset=${job.spec.dataset.id}`,
    shows: async (page) => {
      await page.locator('details').first().waitFor();
      await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
    },
  },
  'jobs compared': {
    hash: () => `#/compare?ids=${job.id},${other.id}`,
    shows: (page) => page.getByText('/optimizer/learningRate').waitFor(),
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
