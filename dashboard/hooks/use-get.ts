/** What a GET answers: asked when its path changes, again every so often, and when it is told to. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ask, type Problem, problemOf } from '../api.js';

export interface Got<T> {
  /** The last answer to this path; kept while it is asked again. */
  data: T | undefined;
  problem: Problem | undefined;
  reload(): void;
}

const retryMs = 3000;

/** Null asks nothing. What failed for a while is asked again even where `everyMs` is null. */
export function useGet<T>(path: string | null, everyMs: number | null = null): Got<T> {
  const [answer, setAnswer] = useState<{ path: string; data?: T; problem?: Problem }>();
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  const period = useRef(everyMs);
  period.current = everyMs;

  // Again for each `round`.
  useEffect(() => {
    if (path === null) return;
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = async () => {
      let again = period.current;
      try {
        const data = await ask<T>(path, { signal: controller.signal });
        setAnswer({ path, data });
      } catch (error) {
        if (controller.signal.aborted) return;
        const problem = problemOf(error);
        if (problem.retryable) again ??= retryMs;
        setAnswer((before) => ({ ...(before?.path === path && before), path, problem }));
      }
      if (!controller.signal.aborted && again !== null) timer = setTimeout(load, again);
    };
    void load();
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [path, round, everyMs === null]);

  const current = answer?.path === path ? answer : undefined;
  return { data: current?.data, problem: current?.problem, reload };
}
