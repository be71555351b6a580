/** What a job would cost, asked a moment after the last change. */
import { useEffect, useState } from 'preact/hooks';
import type { Plan } from '../../src/schemas/job.js';
import { ask, type Problem, problemOf } from '../api.js';

const pauseMs = 400;

/** `plan` stays while the next one is asked for; null asks nothing. */
export function usePlan(spec: object | null): { plan: Plan | undefined; problem: Problem | undefined } {
  const [plan, setPlan] = useState<Plan>();
  const [problem, setProblem] = useState<Problem>();
  const body = spec && JSON.stringify(spec);
  useEffect(() => {
    if (body === null) return;
    const controller = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const { signal } = controller;
        setPlan(await ask<Plan>('/v1/jobs/plan', { method: 'POST', body: JSON.parse(body), signal }));
        setProblem(undefined);
      } catch (error) {
        if (!controller.signal.aborted) setProblem(problemOf(error));
      }
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [body]);
  return { plan, problem };
}
