/** What a message says: its type, when that was, and the event as streams tell it. */

/** An event that is larger goes without what it says; the list of the job's events has it. */
const mostBytes = 64 * 1024;

export function payloadOf({ type, at, data }: { type: string; at: string; data: object }): string {
  const text = JSON.stringify({ type, timestamp: at, data });
  if (Buffer.byteLength(text) <= mostBytes) return text;
  return JSON.stringify({ type, timestamp: at, data: { ...data, data: {} } });
}
