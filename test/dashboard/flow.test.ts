/** What a person does: uploads a table, describes a job, sees it train, forks it, asks its model; and what a mistake looks like. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { projectRoot } from '../../src/paths.js';
import { createServices } from '../../src/services/index.js';
import { startApi, type TestApi } from '../routes/support.js';
import { startConsumer } from '../routes/training.js';
import { type Dashboard, openDashboard } from './browser.js';

let dashboard: Dashboard;
let guarded: TestApi;

before(async () => {
  guarded = await startApi({ KEYS: 'required' });
  const api = await startApi();
  dashboard = await openDashboard(api);
  startConsumer(api);
});

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

test('from an upload to a prediction, with every step on the page', async () => {
  const page = await dashboard.open('');
  await page.getByRole('link', { name: 'Upload a dataset' }).click();
  await page.locator('input[type=file]').setInputFiles(join(projectRoot, 'examples/data/penguins.csv'));
  await heading(page, 'penguins');
  await page.getByRole('img', { name: /^Values of bill_length_mm/ }).waitFor();

  await page.getByRole('link', { name: 'Train on it' }).click();
  await page.getByLabel(/^Target/).selectOption('species');
  await page.getByLabel('epochs', { exact: true }).fill('30');
  await page.getByText(/"epochs":30/).waitFor();
  const submit = page.getByRole('button', { name: 'Train it' });
  await submit.click();

  await page.getByText('succeeded', { exact: false }).first().waitFor();
  const loss = page.getByRole('img', { name: /^loss: train\.loss from .* validation\.loss from/ });
  await loss.waitFor();
  assert.ok(await loss.locator('canvas').isVisible());
  await page.getByText('running → succeeded').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('link', { name: /^safetensors of step/ })
      .first()
      .click(),
  ]);
  assert.match(download.suggestedFilename(), /^ckpt_.*\.safetensors$/);

  await page.getByRole('button', { name: 'Fork' }).click();
  await page.getByLabel(/merge patch/).fill('{"optimizer":{"learningRate":0.01}}');
  await page.getByRole('button', { name: 'Fork it' }).click();
  await page.getByText('/optimizer/learningRate').waitFor();
  await page.getByText('succeeded', { exact: false }).first().waitFor();

  await page.getByRole('link', { name: 'model', exact: true }).click();
  await page.getByRole('button', { name: 'Predict' }).click();
  await page.getByRole('progressbar', { name: 'Probability of Adelie' }).waitFor();
  await page.close();
});

test('a curve is smoothed, put on seconds and a log scale, and zoomed with keys', async () => {
  const page = await dashboard.open('#/jobs');
  await page.locator('.jobs a').first().click();
  const loss = page.getByRole('img', { name: /^loss:/ });
  await loss.waitFor();
  const before = await loss.getAttribute('aria-label');
  await page.getByLabel('smoothing').fill('0.9');
  await page
    .getByRole('img', { name: /^loss:/ })
    .and(page.locator(`:not([aria-label="${before}"])`))
    .waitFor();
  await page.getByLabel('log scale').check();
  await page.getByLabel(/^over /).selectOption('seconds');
  await loss.press('+');
  await page.getByRole('button', { name: 'Show all' }).click();
  assert.equal(await page.getByRole('button', { name: 'Show all' }).count(), 0);
  await page.close();
});

test('what a job would be refused for stands at its field while it is typed, and cannot be sent', async () => {
  const page = await dashboard.open('#/new');
  await page.getByLabel(/^Dataset/).selectOption({ index: 1 });
  await page.getByLabel(/^Target/).selectOption('species');
  await page.getByText('Memory at its peak').waitFor();
  await page.getByLabel('batchSize').fill('0');
  await page.locator('.error').filter({ hasText: 'expected' }).waitFor();
  assert.ok(await page.getByRole('button', { name: 'Train it' }).isDisabled());
  await page.getByLabel('batchSize').fill('16');
  await page.getByText('Memory at its peak').waitFor();
  await page.close();
});

test('a file that is no table is refused in the words of the service', async () => {
  const page = await dashboard.open('#/datasets');
  const file = { name: 'broken.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n3\n') };
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('alert').filter({ hasText: 'line 3' }).waitFor();
  await page.close();
});

test('where keys are asked for, one opens the dashboard until its session is closed', async () => {
  const { key } = await createServices(guarded.parts).keys.create({ tenantId: 'ours', name: 'test', scope: 'submit' });
  const page = await (await openDashboard(guarded)).open('#/datasets');
  const signIn = page.getByRole('button', { name: 'Sign in' });
  await page.getByLabel('Key').fill('ty_wrong');
  await signIn.click();
  await page.getByText('No such key').waitFor();
  await page.getByLabel('Key').fill(key);
  await signIn.click();
  await page.locator('input[type=file]').setInputFiles(join(projectRoot, 'examples/data/penguins.csv'));
  await page.getByRole('link', { name: 'Train on it' }).click();
  await page.getByText('-H "authorization: Bearer $TRAINYARD_API_KEY"').waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signIn.waitFor();
  await page.close();
});
