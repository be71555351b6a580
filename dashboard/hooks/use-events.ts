/** Events as the service tells them. The browser reconnects by itself, with Last-Event-ID. */
import { useEffect, useRef } from 'preact/hooks';
import type { Event } from '../../src/schemas/run.js';

/** Calls `told` with the events of the stream at `path`, those of a frame of the screen at once: of a long job they come by thousands. */
export function useEvents(path: string, told: (events: readonly Event[]) => void): void {
  const latest = useRef(told);
  latest.current = told;
  useEffect(() => {
    const source = new EventSource(path);
    let waiting: Event[] = [];
    let frame = 0;
    source.onmessage = ({ data }) => {
      if (waiting.push(JSON.parse(data as string) as Event) > 1) return;
      frame = requestAnimationFrame(() => {
        const events = waiting;
        waiting = [];
        latest.current(events);
      });
    };
    return () => {
      source.close();
      cancelAnimationFrame(frame);
    };
  }, [path]);
}
