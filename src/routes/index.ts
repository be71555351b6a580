/** Every route. A handler reads the request, calls one service and sets the status; what it does is in services/. */
import type { Services } from '../services/index.js';
import type { App } from './app.js';
import { checkpointFileRoutes } from './checkpoint-files.js';
import { checkpointRoutes } from './checkpoints.js';
import { comparisonRoutes } from './comparisons.js';
import { datasetRoutes } from './datasets.js';
import { eventStreamRoutes } from './event-streams.js';
import { eventRoutes } from './events.js';
import { findingRoutes } from './findings.js';
import { generateRoutes } from './generate.js';
import { jobRequestRoutes } from './job-requests.js';
import { jobRoutes } from './jobs.js';
import { keyRoutes } from './keys.js';
import { metricRoutes } from './metrics.js';
import { modelRoutes } from './models.js';
import { previewRoutes } from './previews.js';
import { profileRoutes } from './profiles.js';
import { remedyRoutes } from './remedies.js';
import { serviceRoutes } from './service.js';
import { sessionRoutes } from './session.js';
import { sweepRoutes } from './sweeps.js';
import { verificationRoutes } from './verifications.js';
import { webhookRoutes } from './webhooks.js';

export function routes(app: App, services: Services): void {
  datasetRoutes(app, services);
  profileRoutes(app, services);
  previewRoutes(app, services);
  jobRoutes(app, services);
  jobRequestRoutes(app, services);
  comparisonRoutes(app, services);
  metricRoutes(app, services);
  eventRoutes(app, services);
  eventStreamRoutes(app, services);
  findingRoutes(app, services);
  remedyRoutes(app, services);
  checkpointRoutes(app, services);
  checkpointFileRoutes(app, services);
  verificationRoutes(app, services);
  modelRoutes(app, services);
  generateRoutes(app, services);
  keyRoutes(app, services);
  webhookRoutes(app, services);
  sessionRoutes(app, services);
  sweepRoutes(app, services);
  serviceRoutes(app, services);
}
