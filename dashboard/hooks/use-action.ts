/** A request that the user makes: under way, refused, or done. */
import { useState } from 'preact/hooks';
import { type Problem, problemOf } from '../api.js';

export function useAction(): {
  busy: boolean;
  problem: Problem | undefined;
  run(action: () => Promise<unknown>): Promise<void>;
} {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  return {
    busy,
    problem,
    async run(action) {
      setBusy(true);
      setProblem(undefined);
      try {
        await action();
      } catch (error) {
        setProblem(problemOf(error));
      } finally {
        setBusy(false);
      }
    },
  };
}
