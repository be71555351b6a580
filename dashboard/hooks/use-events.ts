/** Events as the service tells them. The browser reconnects by itself, with Last-Event-ID. */
import { useEffect, useRef } from 'preact/hooks';
import type { Event } from '../../src/schemas/run.js';

const gatheredMs = 16;

/** Calls `told` with the events of the stream at `path`, those of some milliseconds at once: of a long job they come by thousands. */
export function useEvents(path: string, told: (events: readonly Event[]) => void): void {
  const latest = useRef(told);
  latest.current = told;
  useEffect(() => {
    const source = new EventSource(path);
    let waiting: Event[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    source.onmessage = ({ data }) => {
      if (waiting.push(JSON.parse(data as string) as Event) > 1) return;
      // Not by frames, of which a hidden tab has none.
      timer = setTimeout(() => {
        const events = waiting;
        waiting = [];
        latest.current(events);
      }, gatheredMs);
    };
    return () => {
      source.close();
      clearTimeout(timer);
    };
  }, [path]);
}
