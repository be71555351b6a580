/**
 * The events of a job by server-sent events. A connection that breaks is made again, with the id of the last event that
 * came, and the service goes on behind it: nothing is left out, nothing told twice.
 */
import type { Connection } from './connection.js';
import type { components } from './schema.js';
import { sleep } from './sleep.js';

export type JobEvent = components['schemas']['Event'];

export interface EventOptions {
  signal?: AbortSignal | undefined;
  /** `seq` of an event: those behind it are told. */
  lastEventId?: number | string | undefined;
}

/** Until the job has ended; throws the signal's reason. */
export async function* followEvents(
  connection: Connection,
  jobId: string,
  { signal, lastEventId }: EventOptions = {},
): AsyncGenerator<JobEvent, void, undefined> {
  let retryMs = 1000;
  for (let last = lastEventId; ; ) {
    const headers: Record<string, string> = last === undefined ? {} : { 'last-event-id': String(last) };
    const path = `/v1/jobs/${encodeURIComponent(jobId)}/events/stream`;
    const response = await connection.get(path, { headers, signal });
    if (response.status === 204) return; // told to the end
    try {
      for await (const frame of framesOf(response.body!)) {
        if (frame.retry !== undefined) retryMs = frame.retry;
        if (frame.data === undefined) continue;
        yield JSON.parse(frame.data) as JobEvent;
        last = frame.id;
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof SyntaxError) throw error;
      // else the connection broke
    }
    await sleep(retryMs, signal);
  }
}

export interface Frame {
  id?: string;
  data?: string;
  /** Milliseconds. */
  retry?: number;
}

/** The frames of a stream, as the HTML standard has them: lines of `field: value`, ended by an empty one. */
export async function* framesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Frame, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return; // a frame that is not ended does not count
      text += decoder.decode(value, { stream: true });
      const frames = text.split(/\r?\n\r?\n/);
      text = frames.pop()!;
      for (const frame of frames) yield frameOf(frame);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function frameOf(text: string): Frame {
  const frame: Frame = {};
  for (const line of text.split(/\r?\n/)) {
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? [];
    if (field === 'id') frame.id = value;
    else if (field === 'retry') frame.retry = Number(value);
    else if (field === 'data') frame.data = frame.data === undefined ? value : `${frame.data}\n${value}`;
  }
  return frame;
}
