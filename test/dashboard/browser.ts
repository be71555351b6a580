/** A real Chromium on the dashboard of a real service. Whatever a page complains of, or asks of another host, fails the test. */
import assert from 'node:assert/strict';
import { after } from 'node:test';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { TestApi } from '../routes/support.js';

/** Debian's; CI installs it. */
const executablePath = '/usr/bin/chromium';

let browser: Browser | undefined;
const complaints: string[] = [];
after(async () => {
  await browser?.close();
  assert.deepEqual(complaints, []);
});

export interface Look {
  colorScheme?: 'light' | 'dark';
  /** CSS pixels. */
  width?: number;
}

export interface Dashboard {
  base: string;
  /** A page at `#…`, with its heading there. */
  open(hash: string, look?: Look): Promise<Page>;
}

export async function openDashboard({ app }: TestApi): Promise<Dashboard> {
  const base = await app.listen({ host: '127.0.0.1', port: 0 });
  browser ??= await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const chrome = browser;
  return {
    base,
    async open(hash, { colorScheme = 'light', width = 1280 } = {}) {
      const page = await chrome.newPage({ colorScheme, viewport: { width, height: 800 } });
      page.setDefaultTimeout(20_000);
      page.on('pageerror', (error) => complaints.push(`${hash}: ${error.stack}`));
      page.on('console', (message) => {
        // What the API refuses is shown on the page, and the browser tells of it here as well.
        if (message.type() === 'error' && !/^Failed to load resource/.test(message.text()))
          complaints.push(`${hash}: ${message.text()}`);
      });
      page.on('request', (request) => {
        if (!request.url().startsWith(base) && !request.url().startsWith('data:'))
          complaints.push(`${hash} asked ${request.url()}`);
      });
      await page.goto(`${base}/${hash}`);
      await page.locator('h1').waitFor();
      return page;
    },
  };
}

/** What axe finds wrong with the page, each with the elements concerned. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // In the page as a debugger does it: its policy lets no script of ours in.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: axe is a global of the page
    const { violations } = await (globalThis as any).axe.run();
    return violations.map(
      ({ id, nodes }: { id: string; nodes: { html: string }[] }) =>
        `${id}: ${nodes.map(({ html }) => html).join(' | ')}`,
    );
  });
}
