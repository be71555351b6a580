/** One request over a real connection, and the same as a command for people. */
import { Agent, request } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface Sent {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | null;
}
export interface Answer {
  statusCode: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
/** An answer that takes longer is a violation. */
const patienceMs = 30_000;

/** The answer; of a stream, whose end may be far away, its head alone. */
export function send(base: string, { method, url, headers, body }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(base);
    const sending = request({ agent, hostname, port, method, path: url, headers, timeout: patienceMs });
    sending.once('timeout', () => sending.destroy(new Error(`no answer within ${patienceMs} ms`)));
    sending.once('error', reject);
    sending.once('response', async (response) => {
      const { statusCode = 0 } = response;
      if (response.headers['content-type']?.startsWith('text/event-stream')) {
        sending.destroy();
        resolve({ statusCode, headers: response.headers, body: '' });
        return;
      }
      const text = await buffer(response).then(String, reject);
      if (text !== undefined) resolve({ statusCode, headers: response.headers, body: text });
    });
    sending.end(body ?? undefined);
  });
}

/** For a shell. A key stands in $KEY. */
export function curl(base: string, { method, url, headers, body }: Sent): string {
  const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
  const { authorization, ...others } = headers;
  const parts = ['curl', '-i', '--path-as-is', '-X', method, quote(base + url)];
  if (authorization !== undefined) parts.push('-H "authorization: Bearer $KEY"');
  for (const [name, value] of Object.entries(others))
    parts.push('-H', quote(value === '' ? `${name};` : `${name}: ${value}`));
  if (body !== null) parts.push('--data-binary', quote(body));
  return parts.join(' ');
}
