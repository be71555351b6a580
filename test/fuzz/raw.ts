/** Bytes that no HTTP client sends, over a socket: broken request lines, floods of headers, broken chunks, bodies cut short. */
import { connect } from 'node:net';
import fc from 'fast-check';

const token = fc.string({ minLength: 1, maxLength: 12 });
const bytes = fc.uint8Array({ minLength: 1, maxLength: 60 }).map((array) => Buffer.from(array).toString('latin1'));
const host = 'host: localhost\r\n';
const post = `POST /v1/jobs/plan HTTP/1.1\r\n${host}content-type: application/json\r\n`;

const requestLine = fc.oneof(
  fc.tuple(token, token, token).map((words) => `${words.join(' ')}\r\n${host}\r\n`),
  fc
    .constantFrom('GET', 'BREW', 'get', 'CONNECT', 'TRACE', 'PRI', 'M-SEARCH')
    .map((verb) => `${verb} / HTTP/1.1\r\n${host}\r\n`),
  fc
    .constantFrom('1.0', '0.9', '2.0', '1.11', '9.9', 'x')
    .map((version) => `GET /v1/jobs HTTP/${version}\r\n${host}\r\n`),
  fc.nat({ max: 40_000 }).map((length) => `GET /${'a'.repeat(length)} HTTP/1.1\r\n${host}\r\n`),
  fc.constant('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  fc.constant('GET http://evil.example/v1/jobs HTTP/1.1\r\nhost: evil.example\r\n\r\n'),
);
const header = fc
  .oneof(
    fc.nat({ max: 4000 }).map((count) => 'x: y\r\n'.repeat(count)),
    fc.nat({ max: 60_000 }).map((length) => `x: ${'y'.repeat(length)}\r\n`),
    fc.tuple(bytes, bytes).map(([name, value]) => `${name}: ${value}\r\n`),
    fc
      .constantFrom(
        'expect: 100-continue',
        'expect: tea',
        'connection: upgrade\r\nupgrade: h2c',
        'host: other',
        ' folded',
        ': no name',
      )
      .map((line) => `${line}\r\n`),
  )
  .map((lines) => `GET /healthz HTTP/1.1\r\n${host}${lines}\r\n`);
const chunked = fc
  .array(
    fc.oneof(
      fc.constantFrom('2\r\n{}\r\n', '0\r\n\r\n', 'zz\r\n', '-1\r\n', 'ffffffffffffffff\r\n', '2;x="\r\n'),
      bytes,
    ),
    { maxLength: 4 },
  )
  .map((chunks) => `${post}transfer-encoding: chunked\r\n\r\n${chunks.join('')}`);
const length = fc
  .tuple(
    fc.constantFrom('10', '0', '-1', '+2', '0x2', '1e3', '2, 2', '99999999999', ''),
    fc.constantFrom('{}', '', '{}{}{}{}{}'),
  )
  .map(([count, body]) => `${post}content-length: ${count}\r\n\r\n${body}`);
const two = fc.constant(
  `${post}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n`,
);
const cut = fc
  .tuple(
    fc.constantFrom(
      `${post}content-length: 2\r\n\r\n{}`,
      `${post}transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
    ),
    fc.nat(),
  )
  .map(([whole, at]) => whole.slice(0, at % whole.length));

/** Text of which each character is one byte. */
export const rawBytes = fc.oneof(requestLine, header, chunked, length, two, cut, bytes);

/** What the server says to these bytes and the end of the sending side, until it closes; empty where it says nothing. */
export function exchange(base: string, text: string): Promise<string> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(base);
    const socket = connect({ host: hostname, port: Number(port) });
    let said = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      said += chunk;
    });
    socket.once('error', () => {}); // a reset: the answer is what came before
    socket.once('close', () => resolve(said));
    socket.end(text, 'latin1');
  });
}

/** What is wrong with what the server said: its answers are none, or one is a failure, or an error without a problem. */
export function faultOf(said: string): string | undefined {
  if (said === '') return undefined;
  const [head = '', ...rest] = said.split('\r\n\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]);
  if (status === 100) return faultOf(rest.join('\r\n\r\n'));
  if (!(status >= 200 && status < 500)) return 'no answer of HTTP/1.1 with a status below 500';
  if (status >= 400 && !/^content-type: application\/problem\+json/im.test(head)) return 'an error that is no problem';
  return undefined;
}
