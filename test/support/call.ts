/** A client of a real service that waits while it sheds load, as one that is told 503 and retryable does. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

/** The JSON of a successful answer. A machine that is busy with other tests lags, and the API sheds load, as it should. */
export async function call<T>(url: string, init?: RequestInit): Promise<T> {
  for (;;) {
    const response = await fetch(url, init);
    const text = await response.text();
    if (!text.includes('The server is overloaded')) {
      assert.ok(response.ok, `${url}: ${response.status} ${text}`);
      return JSON.parse(text) as T;
    }
    await sleep(100);
  }
}
