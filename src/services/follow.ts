/**
 * Follows a list that grows: reads what is there, waits to be told of more or for the beat, and reads again. Rows are the
 * truth; they are read as fast as the reader takes them, so that a slow one costs no memory.
 */
import type { Event } from '../schemas/run.js';
import type { EventListener } from '../store/event-listener.js';

export interface StreamedEvent {
  /** What a reader gives back to go on behind this event. */
  id: string;
  event: Event;
}

interface Reading {
  items: StreamedEvent[];
  /** There are more rows already. */
  more: boolean;
  ended: boolean;
}

export interface Following {
  listener: EventListener;
  jobId: string | null;
  /** Ends it from outside: the reader has gone, or the process closes. */
  signal: AbortSignal;
  /** Milliseconds to wait at most. */
  beat: number;
  /** What is new since the last call. */
  read(): Promise<Reading>;
}

export async function* follow({
  listener,
  jobId,
  signal,
  beat,
  read,
}: Following): AsyncGenerator<StreamedEvent | null> {
  const bell = createBell();
  const unsubscribe = listener.subscribe(jobId, bell.ring);
  signal.addEventListener('abort', bell.ring);
  try {
    while (!signal.aborted) {
      const { items, more, ended } = await read();
      yield* items;
      if (ended) return;
      if (!more && !(await bell.rung(beat))) yield null;
    }
  } finally {
    unsubscribe();
    signal.removeEventListener('abort', bell.ring);
  }
}

/** Remembers that it was rung while nobody waited. */
function createBell() {
  let rings = false;
  let answer = () => {};
  return {
    ring() {
      rings = true;
      answer();
    },
    /** Whether it was rung since the last call, or is within `ms`. */
    async rung(ms: number): Promise<boolean> {
      if (!rings) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          answer = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      const was = rings;
      rings = false;
      return was;
    },
  };
}
