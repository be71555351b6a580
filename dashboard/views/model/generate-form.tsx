/** A prompt, and what a language model has follow it. */
import { useState } from 'preact/hooks';
import type { GenerateResponse } from '../../../src/schemas/generate.js';
import type { Model } from '../../../src/schemas/run.js';
import { ask } from '../../api.js';
import { ProblemNote } from '../../components/problem-note.js';
import { Section } from '../../components/section.js';
import { useAction } from '../../hooks/use-action.js';

export function GenerateForm({ model: { id } }: { model: Model }) {
  const [prompt, setPrompt] = useState('');
  const [temperature, setTemperature] = useState(0.8);
  const [answer, setAnswer] = useState('');
  const { busy, problem, run } = useAction();
  const submit = (event: Event) => {
    event.preventDefault();
    const body = { prompt, temperature };
    void run(async () => {
      const { text } = await ask<GenerateResponse>(`/v1/models/${id}/generate`, { method: 'POST', body });
      setAnswer(prompt + text);
    });
  };
  return (
    <Section title="Try it">
      <form class="panel" onSubmit={submit}>
        <label>
          Prompt
          <textarea required rows={3} value={prompt} onInput={(event) => setPrompt(event.currentTarget.value)} />
        </label>
        <label>
          Temperature: 0 takes always the likeliest
          <input
            type="number"
            min={0}
            max={100}
            step="any"
            value={temperature}
            onInput={(event) => setTemperature(Number(event.currentTarget.value))}
          />
        </label>
        <button type="submit" class="primary" disabled={busy}>
          Generate
        </button>
        <ProblemNote problem={problem} />
      </form>
      <pre aria-live="polite" tabIndex={0}>
        {answer}
      </pre>
    </Section>
  );
}
