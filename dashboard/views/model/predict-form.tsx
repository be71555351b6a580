/** One row to predict, filled in with the first of the data. */
import { useState } from 'preact/hooks';
import type { Static } from '#typebox';
import type { Job } from '../../../src/schemas/job.js';
import type { Preview } from '../../../src/schemas/preview.js';
import type { Model, PredictResponse } from '../../../src/schemas/run.js';
import { ask } from '../../api.js';
import { ProblemNote } from '../../components/problem-note.js';
import { Section } from '../../components/section.js';
import { useAction } from '../../hooks/use-action.js';
import { useGet } from '../../hooks/use-get.js';
import { curl } from '../../lib/curl.js';
import { hasSession } from '../../session.js';
import { PredictionView } from './prediction.js';

type Answer = Static<typeof PredictResponse>;

export function PredictForm({ model: { id, jobId, features } }: { model: Model }) {
  const { data: job } = useGet<Job>(`/v1/jobs/${jobId}`);
  const { data: preview } = useGet<Preview>(job ? `/v1/datasets/${job.spec.dataset.id}/preview?count=1` : null);
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [answer, setAnswer] = useState<Answer>();
  const { busy, problem, run } = useAction();
  const first = preview?.kind === 'table' ? (preview.rows[0] ?? {}) : {};
  const textOf = (name: string) =>
    typed[name] ?? (first[name] === undefined || first[name] === null ? '' : String(first[name]));
  const row = Object.fromEntries(features.map(({ name, type }) => [name, asStored(textOf(name), type)]));
  const submit = (event: Event) => {
    event.preventDefault();
    void run(async () =>
      setAnswer(await ask<Answer>(`/v1/models/${id}/predict`, { method: 'POST', body: { rows: [row] } })),
    );
  };
  return (
    <Section title="Try it">
      <form class="panel" onSubmit={submit}>
        <div class="fields">
          {features.map(({ name, type }) => (
            <label key={name} class="field">
              <span>
                {name} <span class="muted small">{type}</span>
              </span>
              <input
                value={textOf(name)}
                placeholder="missing"
                inputMode={type === 'number' ? 'decimal' : 'text'}
                onInput={({ currentTarget: { value } }) => setTyped({ ...typed, [name]: value })}
              />
            </label>
          ))}
        </div>
        <button type="submit" class="primary" disabled={busy}>
          Predict
        </button>
        <ProblemNote problem={problem} />
      </form>
      <div aria-live="polite">{answer?.predictions[0] && <PredictionView prediction={answer.predictions[0]} />}</div>
      <details>
        <summary>The same in a shell</summary>
        <pre tabIndex={0}>
          {curl(`${location.origin}/v1/models/${id}/predict`, { rows: [row] }, { withKey: hasSession() })}
        </pre>
      </details>
    </Section>
  );
}

/** As it stood in the dataset: a number where the column has numbers, null where nothing was typed. */
function asStored(text: string, type: string): unknown {
  if (text === '') return null;
  if (type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true';
  return type === 'number' && Number.isFinite(Number(text)) ? Number(text) : text;
}
