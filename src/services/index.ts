/**
 * The use cases behind the routes. They know no request and no reply: plain values in, plain values out, Problem for
 * whatever the caller can do something about.
 */
import type { Logger } from 'pino';
import type { Artifacts } from '../artifacts/index.js';
import type { Config } from '../config.js';
import type { TrainingQueue } from '../queue/index.js';
import type { PredictionHost } from '../run/prediction-host.js';
import type { Db } from '../store/database.js';
import type { EventListener } from '../store/event-listener.js';
import { modelBaselines } from './baselines.js';
import { checkpointService } from './checkpoints.js';
import { comparisonService } from './comparisons.js';
import { datasetService } from './datasets.js';
import { driftService } from './drift.js';
import { evaluationService } from './evaluations.js';
import { eventService } from './events.js';
import { findingService } from './findings.js';
import { healthService } from './health.js';
import { jobService } from './jobs.js';
import { keyService } from './keys.js';
import { metricService } from './metrics.js';
import { modelService } from './models.js';
import { previewService } from './previews.js';
import { profileService } from './profiles.js';
import { predictionRecording } from './recording.js';
import { registryService } from './registry.js';
import { remedyService } from './remedies.js';
import { sweepService } from './sweeps.js';
import { usageService } from './usage.js';
import { verificationService } from './verification.js';
import { webhookService } from './webhooks.js';

/** What the services stand on. */
export interface Parts {
  db: Db;
  artifacts: Artifacts;
  queue: TrainingQueue;
  predictions: PredictionHost;
  eventListener: EventListener;
  config: Config;
  log: Logger;
}

export type Services = ReturnType<typeof createServices>;

export function createServices(parts: Parts) {
  const jobs = jobService(parts);
  const findings = findingService(parts);
  const recording = predictionRecording(parts);
  const baselineOf = modelBaselines(parts);
  const models = modelService(parts, { baselineOf, recording });
  return {
    datasets: datasetService(parts),
    profiles: profileService(parts),
    previews: previewService(parts),
    jobs,
    comparisons: comparisonService(parts),
    metrics: metricService(parts),
    events: eventService(parts),
    findings,
    remedies: remedyService(parts, { fork: jobs.fork, cancel: jobs.cancel, findings: findings.list }),
    checkpoints: checkpointService(parts),
    models,
    evaluations: evaluationService(parts, models),
    drift: driftService(parts, { baselineOf, recording, opened: models.opened }),
    recording,
    registry: registryService(parts),
    verifications: verificationService(parts),
    keys: keyService(parts),
    webhooks: webhookService(parts),
    sweeps: sweepService(parts),
    usage: usageService(parts, recording),
    health: healthService(parts),
  };
}
