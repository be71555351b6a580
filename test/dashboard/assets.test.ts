/** How the dashboard is served: to browsers, small, for ever under names that change, and none of it from elsewhere. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { startApi, type TestApi } from '../routes/support.js';

const mostBytes = 150_000;
let api: TestApi;
let page: string;

before(async () => {
  api = await startApi();
  page = (await api.inject({ url: '/', headers: { accept: 'text/html,*/*;q=0.8' } })).body;
});

test('the bare address is the dashboard to a browser and an index to a program', async () => {
  assert.match(page, /<div id="app">/);
  for (const accept of ['application/json', '*/*']) {
    const response = await api.inject({ url: '/', headers: { accept } });
    assert.equal(response.json().name, 'trainyard', accept);
    assert.equal(response.headers['vary'], 'accept');
  }
});

test('page, script and style are less than 150 KB compressed, immutable, and named by the page alone', async () => {
  const paths = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path!);
  assert.deepEqual(paths.map((path) => path.replace(/-\w+\./, '-….')).sort(), [
    '/assets/app-….css',
    '/assets/app-….js',
  ]);
  let bytes = gzipSync(page).length;
  for (const path of paths) {
    const response = await api.app.inject({ url: path }); // no operation of the API, so not described
    assert.match(String(response.headers['cache-control']), /immutable/);
    bytes += response.rawPayload.length;
    const text = gunzipSync(response.rawPayload).toString();
    // Names of XML's namespaces and links in messages of libraries are not asked for; nothing else names a host.
    assert.deepEqual(text.match(/(?:import\(|fetch\(|url\(|src=)["'`]?https?:/g), null, path);
  }
  assert.ok(bytes < mostBytes, `${bytes} bytes`);
});

test('a file that the dashboard does not have is 404, whatever its name', async () => {
  for (const name of ['app-0.js', 'index.html', '..%2f..%2fpackage.json', '__proto__']) {
    const response = await api.inject({ url: `/assets/${name}` });
    assert.deepEqual([response.statusCode, response.json().code], [404, 'not_found'], name);
  }
});
