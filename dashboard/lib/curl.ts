/** The same request for a shell. */

/** Single quotes keep everything but themselves. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

export const curl = (url: string, body: unknown): string =>
  `curl ${url} \\\n  -H 'content-type: application/json' \\\n  -d ${quoted(JSON.stringify(body))}`;
