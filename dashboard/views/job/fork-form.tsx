/** A new job from this one: from where, and with what changed. */
import { useState } from 'preact/hooks';
import type { Job } from '../../../src/schemas/job.js';
import { ask } from '../../api.js';
import { ProblemNote } from '../../components/problem-note.js';
import { useAction } from '../../hooks/use-action.js';
import { type Fork, forkPath, jsonOf } from '../../lib/fork.js';

const example = '{\n  "optimizer": { "learningRate": 0.0003 }\n}';

export function ForkForm({ job: { id, result } }: { job: Job }) {
  const [from, setFrom] = useState('start');
  const [patch, setPatch] = useState(example);
  const { busy, problem, run } = useAction();
  const submit = (event: Event) => {
    event.preventDefault();
    void run(async () => {
      const body: Fork = { from, patch: jsonOf(patch) };
      const forked = await ask<Job>(forkPath(id), { method: 'POST', body });
      location.hash = `/jobs/${forked.id}`;
    });
  };
  return (
    <form class="panel" onSubmit={submit}>
      <label>
        From
        <select value={from} onChange={(event) => setFrom(event.currentTarget.value)}>
          <option value="start">the start</option>
          <option value="last">its last checkpoint</option>
          {result && <option value="best">its best weights</option>}
        </select>
      </label>
      <label>
        Changes to its spec, a JSON merge patch
        <textarea rows={5} value={patch} spellcheck={false} onInput={(event) => setPatch(event.currentTarget.value)} />
      </label>
      <button type="submit" class="primary" disabled={busy}>
        Fork it
      </button>
      <ProblemNote problem={problem} />
    </form>
  );
}
