/** Events as the service tells them. The browser reconnects by itself, with Last-Event-ID. */
import { useEffect, useRef } from 'preact/hooks';
import type { Event } from '../../src/schemas/run.js';

/** Calls `told` with each event of the stream at `path`; null opens none. */
export function useEvents(path: string | null, told: (event: Event) => void): void {
  const latest = useRef(told);
  latest.current = told;
  useEffect(() => {
    if (path === null) return;
    const source = new EventSource(path);
    source.onmessage = ({ data }) => latest.current(JSON.parse(data as string) as Event);
    return () => source.close();
  }, [path]);
}
