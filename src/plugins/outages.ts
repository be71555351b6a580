/**
 * Failures of what the service stands on, that pass without anybody changing the request: database or artifact store
 * away, disk full.
 */

const codes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN'], // the database's address
  ...['57P01', '57P02', '57P03', '53300'], // PostgreSQL: shutting down, crashed, starting, too many connections
  ...['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE'], // disk and file handles
  ...['unavailable', 'storage'], // the artifact store
]);

/** The pool of connections has no code for these. */
const messages = /^(timeout exceeded when trying to connect|Connection terminated)/;

export const isOutage = ({ code, message }: { code?: string; message: string }): boolean =>
  codes.has(code ?? '') || messages.test(message);
