/** The same request for a shell. */

/** Single quotes keep everything but themselves. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** `withKey`: one of the shell's, not of this page, which is pasted about. */
export const curl = (url: string, body: unknown, { withKey }: { withKey: boolean }): string =>
  [
    `curl ${url}`,
    ...(withKey ? ['-H "authorization: Bearer $TRAINYARD_API_KEY"'] : []),
    `-H 'content-type: application/json'`,
    `-d ${quoted(JSON.stringify(body))}`,
  ].join(' \\\n  ');
