/** Proof that a checkpoint is what its spec, data and the checkpoint before give: the steps between are trained again. */
import { isDamage } from '../artifacts/same-store.js';
import { Problem } from '../errors.js';
import { nextEditAfter, specAt } from '../run/edits.js';
import { rowStoreOf } from '../run/protocol.js';
import { replay } from '../run/replay.js';
import { startFrom } from '../run/start.js';
import type { Verification } from '../schemas/run.js';
import { listCheckpoints } from '../store/checkpoints.js';
import { getDataset } from '../store/datasets.js';
import { found, foundJob } from './found.js';
import type { Parts } from './index.js';

/** More steps, or more seconds, than a request may wait for. */
const mostSteps = 20_000;
const limitMs = 60_000;
const mostCheckpoints = 2000;

export function verificationService({ db, artifacts, config }: Parts) {
  /** One at a time: a replay takes a core, which the API needs. */
  let isBusy = false;

  async function verify({ tenantId, id }: { tenantId: string; id: string }): Promise<Verification> {
    const { spec, origin, initialized, datasetId, edits } = await foundJob(db, tenantId, id);
    const { items } = await listCheckpoints(db, { tenantId, jobId: id, limit: mostCheckpoints });
    const [to, from = null] = items.sort((a, b) => b.step - a.step);
    if (!to) throw new Problem('unverifiable', `${id} has no checkpoint yet`);
    const fromStep = from?.step ?? 0;
    const steps = to.step - fromStep;
    const edited = nextEditAfter(edits, fromStep) ?? to.step;
    if (edited < to.step) {
      throw new Problem('unverifiable', `${id} was changed at step ${edited}, and no checkpoint from there is left`);
    }
    if (steps > mostSteps) {
      throw new Problem(
        'unverifiable',
        `${steps} steps lie between its last two checkpoints, at most ${mostSteps} are replayed`,
      );
    }
    const point = from && { path: await artifacts.localPath(from.artifactKey, from.sha256), step: fromStep };
    const dataset = found(await getDataset(db, { tenantId, id: datasetId }), 'dataset', datasetId);
    const reply = await replay(
      {
        spec: specAt(spec, edits, fromStep),
        datasetPath: await artifacts.localPath(dataset.artifactKey, dataset.artifactSha256),
        ...(await startFrom(artifacts, { point, edits, origin })),
        initialized,
        kernels: config.kernels,
        threads: config.threadsPerJob,
        rowStore: rowStoreOf(config),
        stopAt: { step: to.step, request: to.kind === 'final' ? 'finish' : 'checkpoint' },
      },
      { limitMs },
    );
    if ('failure' in reply) throw new Problem('unverifiable', `${id}: ${reply.failure}`);
    const [expectedSha256, gotSha256] = [to.sha256, reply.sha256];
    return { ok: expectedSha256 === gotSha256, from: from?.id ?? null, to: to.id, steps, expectedSha256, gotSha256 };
  }

  return {
    async verify(owned: { tenantId: string; id: string }): Promise<Verification> {
      if (isBusy) {
        throw new Problem('unavailable', 'Another job is being verified', { retryable: true, retryAfter: 5 });
      }
      isBusy = true;
      try {
        return await verify(owned);
      } catch (error) {
        throw (await isDamage(artifacts, error)) ? new Problem('unverifiable', (error as Error).message) : error;
      } finally {
        isBusy = false;
      }
    },
  };
}
