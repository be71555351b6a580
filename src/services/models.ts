/** Models: what they are, and what they answer. The computing itself happens in a process of its own. */
import { localPathMs } from '../artifacts/cache.js';
import { EngineError, fillDefaults } from '../engine/index.js';
import { Problem } from '../errors.js';
import type { ExportTask } from '../run/export.js';
import { expectReadable } from '../run/model-file.js';
import type { GenerationListener } from '../run/prediction-host.js';
import type { ModelFile } from '../run/prediction-protocol.js';
import { GenerateRequest, type GenerateResponse, type ResolvedGenerateRequest } from '../schemas/generate.js';
import type { Model, ModelCard, PredictRequest } from '../schemas/run.js';
import type { Tokenizer } from '../schemas/tokenizer.js';
import { getModel, listModels, type ModelFilter, type ModelRow, type StoredModel } from '../store/models.js';
import type { modelBaselines } from './baselines.js';
import { damageProblem } from './checkpoints.js';
import { checkChoice, tellingOf } from './choices.js';
import { type ExportedFile, modelExports } from './exports.js';
import { found } from './found.js';
import type { Parts } from './index.js';
import type { Recording } from './recording.js';

type Owned = { tenantId: string; id: string };

const mostFiles = 1000;

/** What each kind of model is asked for; nobody can ask a masked language model anything. */
const uses: Readonly<Record<ModelCard['task'], 'predict' | 'generate' | null>> = {
  classification: 'predict',
  regression: 'predict',
  languageModel: 'generate',
  maskedLanguageModel: null,
};

function requireUse(wanted: 'predict' | 'generate', { id, card: { task } }: Pick<ModelRow, 'id' | 'card'>): void {
  const use = uses[task];
  if (use === wanted) return;
  const hint = use ? `POST /v1/models/${id}/${use}` : 'download its checkpoint: its weights are for further training';
  throw new Problem('unsuitable_model', `${wanted} is not for a model of the task ${task}`, { hint });
}

const outdated = (
  { message }: EngineError,
  { checkpointId, jobId }: { checkpointId: string; jobId: string },
): Problem =>
  new Problem('outdated_model', message, {
    hint: `train it again: POST /v1/jobs/${jobId}/fork; its weights are in GET /v1/checkpoints/${checkpointId}/file`,
  });

/** What was trained on text, and so has a tokenizer. */
const readsText = ({ target, features }: ModelCard): boolean =>
  target === null || features.some(({ type }) => type === 'text');

export function modelService(
  { db, artifacts, predictions, config }: Parts,
  { baselineOf, recording }: { baselineOf: ReturnType<typeof modelBaselines>; recording: Recording },
) {
  const exported = modelExports({ config });
  /** Checked files by their keys: hashing one for each request would cost more than predicting. */
  const files = new Map<string, { path: Promise<string>; askedAt: number }>();

  function fileOf(key: string, sha256: string): Promise<string> {
    const now = performance.now();
    const known = files.get(key);
    if (known && now - known.askedAt < localPathMs / 2) return known.path;
    const path = artifacts.localPath(key, sha256).then(async (local) => {
      await expectReadable(local);
      return local;
    });
    files.delete(key); // so that it stands at the end
    files.set(key, { path, askedAt: now });
    if (files.size > mostFiles) files.delete(files.keys().next().value!); // the oldest: it is only checked again
    path.catch(() => files.delete(key));
    return path;
  }

  /** Problem `checkpoint_damaged` where it is not the file that was written, `outdated_model` where this engine cannot read it. */
  async function checkedFile({
    id,
    checkpointId,
    jobId,
    artifactKey,
    sha256,
    weights,
  }: StoredModel): Promise<ModelFile> {
    try {
      return { id, path: await fileOf(artifactKey, sha256), weights };
    } catch (error) {
      if (error instanceof EngineError) throw outdated(error, { checkpointId, jobId });
      throw await damageProblem({ db, artifacts }, { id: checkpointId, jobId }, error);
    }
  }

  return {
    /** The model, and its file once it is what was written. */
    async opened({ tenantId, id }: Owned): Promise<{ model: StoredModel; file: ModelFile }> {
      const model = found(await getModel(db, { tenantId, id }), 'model', id);
      return { model, file: await checkedFile(model) };
    },

    async list(request: ModelFilter) {
      const { items, nextCursor } = await listModels(db, request);
      return { items: items.map(toModel), nextCursor };
    },

    /** Problem `invalid_row` names row and field. */
    async predict({ tenantId, id, rows, ...choice }: Owned & PredictRequest) {
      const model = found(await getModel(db, { tenantId, id }), 'model', id);
      requireUse('predict', model);
      checkChoice(choice, { card: model.card, rows: rows.length });
      const file = await checkedFile(model);
      const telling = await tellingOf(choice, () => baselineOf(model, file));
      const told = await predictions.predict(file, rows, telling);
      recording.add(model, rows, told);
      return { modelId: model.id, predictions: told };
    },

    /** Problem `unsuitable_model` where it reads no text. */
    async tokenizer({ tenantId, id }: Owned): Promise<Tokenizer> {
      const model = found(await getModel(db, { tenantId, id }), 'model', id);
      if (!readsText(model.card)) throw new Problem('unsuitable_model', 'The model reads no text: it has no tokenizer');
      return { modelId: model.id, ...(await predictions.vocabulary(await checkedFile(model))) };
    },

    /** Problem `not_exportable` names the column that the format cannot prepare. */
    async export({ tenantId, id, ...task }: Owned & Pick<ExportTask, 'format' | 'prepares'>): Promise<ExportedFile> {
      const model = found(await getModel(db, { tenantId, id }), 'model', id);
      const { path, weights } = await checkedFile(model);
      return exported({ ...task, path, weights });
    },

    /** Problem `invalid_prompt` names the character that the model does not know. */
    async generate(
      { tenantId, id, body }: Owned & { body: GenerateRequest },
      listener: GenerationListener,
    ): Promise<GenerateResponse> {
      const model = found(await getModel(db, { tenantId, id }), 'model', id);
      requireUse('generate', model);
      const file = await checkedFile(model);
      const request = fillDefaults(GenerateRequest, body) as ResolvedGenerateRequest;
      return { modelId: model.id, ...(await predictions.generate(file, request, listener)) };
    },
  };
}

export const toModel = (row: ModelRow): Model => {
  const { id, name, version, aliases, jobId, checkpointId, weights, card, createdAt } = row;
  return {
    ...{ id, name, version, aliases, jobId, checkpointId, weights },
    ...card,
    createdAt: createdAt.toISOString(),
  };
};
