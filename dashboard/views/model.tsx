/** One model, to try. */
import type { Model } from '../../src/schemas/run.js';
import { Page } from '../components/page.js';
import { ProblemNote } from '../components/problem-note.js';
import { useGet } from '../hooks/use-get.js';
import { GenerateForm } from './model/generate-form.js';
import { PredictForm } from './model/predict-form.js';

export function ModelView({ id }: { id: string }) {
  const { data: model, problem } = useGet<Model>(`/v1/models/${id}`);
  if (!model)
    return (
      <Page title="Model">
        <ProblemNote problem={problem} />
      </Page>
    );
  const { name, task, target, jobId } = model;
  return (
    <Page title={name}>
      <p class="small muted">
        <code>{id}</code> · {task}
        {target && ` of ${target}`} · <a href={`#/jobs/${jobId}`}>its job</a>
      </p>
      {task === 'languageModel' && <GenerateForm model={model} />}
      {task === 'maskedLanguageModel' && (
        <p class="empty">It restores masked tokens: fine-tune it to have it predict.</p>
      )}
      {(task === 'classification' || task === 'regression') && <PredictForm model={model} />}
    </Page>
  );
}
