/** The tables of the database, as types. */
import type { ColumnType, Generated } from 'kysely';
import type { PreparationSummary } from '../data/preparation.js';
import type { InheritedWeights } from '../engine/index.js';
import type { FieldError, RunError } from '../errors.js';
import type { Baseline } from '../run/baseline/baseline.js';
import type { Statistics } from '../run/drift/statistics.js';
import type { DatasetContents, DatasetFormat } from '../schemas/dataset.js';
import type { RecordedEdit } from '../schemas/edits.js';
import type { Finding, FindingCode } from '../schemas/finding.js';
import type { Initialized } from '../schemas/initialize.js';
import type { CancelMode, JobResult, JobState, Progress, Transition } from '../schemas/job.js';
import type { ResolvedJobSpec } from '../schemas/job-spec.js';
import type { Scope } from '../schemas/key.js';
import type { Entrant } from '../schemas/remedies.js';
import type { Checkpoint, Event, ModelCard } from '../schemas/run.js';
import type { ResolvedSweep } from '../schemas/sweep.js';
import type { SweepState } from '../schemas/sweep-results.js';
import type { Delivery, DeliveryTry } from '../schemas/webhook.js';
import type { Configuration } from '../sweeps/configuration.js';
import type { RecordedRollback } from './rollbacks.js';

/** Read as a value, written as JSON text (see json.ts): the driver would turn arrays into PostgreSQL arrays. */
type Json<T> = ColumnType<T, string, string>;
type JsonWithDefault<T> = ColumnType<T, string | undefined, string>;
/** Set by the database's clock. */
type CreatedAt = ColumnType<Date, undefined, never>;

export interface DatasetsTable {
  id: string;
  tenantId: string;
  name: string;
  format: DatasetFormat;
  bytes: number;
  sha256: string;
  contents: Json<DatasetContents>;
  artifactKey: string;
  artifactBytes: number;
  artifactSha256: string;
  createdAt: CreatedAt;
}

/** What a job starts from: a file below its own prefix, so that it outlives the job it was copied from. */
export interface Origin {
  key: string;
  sha256: string;
  /** `named`: those that the spec's `initialize` takes over. */
  weights: InheritedWeights | 'named';
  /** Of `named`: which of its weights are the model. */
  model?: InheritedWeights;
}

export interface JobsTable {
  id: string;
  tenantId: string;
  name: string;
  state: JobState;
  reason: string | null;
  spec: Json<ResolvedJobSpec>;
  datasetId: string;
  peakBytes: number;
  priority: Generated<number>;
  generation: Generated<number>;
  epoch: Generated<number>;
  attempt: Generated<number>;
  attemptsWithoutProgress: Generated<number>;
  suspect: Generated<boolean>;
  consumerId: string | null;
  heartbeatAt: Date | null;
  fingerprint: string | null;
  progress: Json<Progress> | null;
  error: Json<RunError> | null;
  result: Json<JobResult> | null;
  transitions: JsonWithDefault<Transition[]>;
  metadata: JsonWithDefault<Record<string, string>>;
  forkOf: string | null;
  cancelMode: CancelMode | null;
  origin: Json<Origin> | null;
  initialized: Json<Initialized> | null;
  allowKernelChange: Generated<boolean>;
  /** To its spec while it ran, in the order in which they came. */
  edits: JsonWithDefault<RecordedEdit[]>;
  rollbacks: JsonWithDefault<RecordedRollback[]>;
  eventSeq: Generated<number>;
  /** Of the training that it goes on with: not its own. */
  stepsBefore: Generated<number>;
  /** Step at which it ends, as planned. */
  promisedSteps: Generated<number>;
  sweepId: string | null;
  trial: number | null;
  /** Step at which its run pauses, with the reason `rung`; null: it goes on to its end. */
  stopAt: number | null;
  createdAt: CreatedAt;
  startedAt: Date | null;
  finishedAt: Date | null;
}

export interface SweepsTable {
  id: string;
  tenantId: string;
  name: string;
  state: SweepState;
  job: Json<ResolvedJobSpec>;
  settings: Json<ResolvedSweep>;
  /** Steps at which trials stop; a trial's reports are numbered by them, and its end comes after the last. */
  rungs: Json<number[]>;
  idempotencyKey: string | null;
  bodySha256: string;
  createdAt: CreatedAt;
  finishedAt: Date | null;
}

export interface SweepTrialsTable {
  tenantId: string;
  sweepId: string;
  trial: number;
  jobId: string | null;
  parameters: Json<Configuration>;
  totalSteps: number;
  /** Why no job can be of its spec. */
  error: Json<FieldError> | null;
}

export interface SweepReportsTable {
  tenantId: string;
  sweepId: string;
  trial: number;
  rung: number;
  step: number;
  /** Best so far; null: it failed, or has none. */
  value: number | null;
  reportedAt: CreatedAt;
  promotedAt: Date | null;
  reason: string | null;
}

export interface IdempotencyKeysTable {
  tenantId: string;
  key: string;
  bodySha256: string;
  jobId: string;
  createdAt: CreatedAt;
}

export interface MetricChunksTable {
  tenantId: string;
  jobId: string;
  segment: number;
  name: string;
  chunk: number;
  steps: number[];
  values: number[];
  firstStep: number;
  lastStep: number;
  epoch: number;
}

export interface EventsTable {
  id: Generated<number>;
  tenantId: string;
  jobId: string;
  seq: number;
  type: Event['type'];
  data: Json<Event['data']>;
  at: CreatedAt;
}

export interface FindingsTable {
  tenantId: string;
  jobId: string;
  code: FindingCode;
  step: number;
  /** Without code and step. */
  body: Json<Omit<Finding, 'code' | 'step'>>;
  epoch: number;
  at: CreatedAt;
}

export interface CheckpointsTable {
  id: string;
  tenantId: string;
  jobId: string;
  epoch: number;
  step: number;
  trainingEpoch: number;
  kind: Checkpoint['kind'];
  best: boolean;
  artifactKey: string;
  bytes: number;
  sha256: string;
  metrics: Json<Checkpoint['metrics']>;
  chainSha256: Generated<string>;
  pinned: Generated<boolean>;
  verifiedAt: Generated<Date>;
  verifiedOk: Generated<boolean>;
  storedSeconds: number | null;
  createdAt: CreatedAt;
}

export interface CheckpointReadersTable {
  id: Generated<number>;
  tenantId: string;
  checkpointId: string;
  until: Date;
}

export interface ModelsTable {
  id: string;
  tenantId: string;
  name: string;
  /** Below its name; null: the model of a succeeded job, which nobody registered. */
  version: number | null;
  jobId: string;
  checkpointId: string;
  weights: InheritedWeights;
  card: Json<ModelCard>;
  /** null: made before it was kept. */
  preparation: Json<PreparationSummary> | null;
  createdAt: CreatedAt;
}

export interface ModelNamesTable {
  tenantId: string;
  name: string;
  /** How many there have been; deleted ones count, so that no version is used twice. */
  versions: number;
}

export interface ModelBaselinesTable {
  modelId: string;
  body: Json<Baseline>;
}

export interface PredictionStatisticsTable {
  id: Generated<number>;
  modelId: string;
  /** Rows, of which `body` has a sample. */
  predicted: number;
  body: Json<Statistics>;
  at: CreatedAt;
}

export interface ModelAliasesTable {
  tenantId: string;
  name: string;
  alias: string;
  modelId: string;
}

export interface ConsumersTable {
  id: string;
  host: string;
  pid: number;
  cores: number;
  freeBytes: number;
  gflops: number | null;
  fingerprint: string;
  startedAt: ColumnType<Date, undefined, Date>;
  heartbeatAt: ColumnType<Date, undefined, Date>;
}

export interface ApiKeysTable {
  id: string;
  tenantId: string;
  name: string;
  prefix: string;
  sha256: string;
  scope: Scope;
  expiresAt: Date | null;
  lastUsedAt: ColumnType<Date | null, undefined, Date>;
  createdAt: CreatedAt;
}

export interface AuditTable {
  id: Generated<number>;
  tenantId: string;
  keyId: string;
  method: string;
  path: string;
  status: number;
  requestId: string;
  at: CreatedAt;
}

export interface RacesTable {
  id: string;
  tenantId: string;
  jobId: string;
  from: 'best' | 'start';
  steps: number;
  /** The control first. */
  entrants: Json<Pick<Entrant, 'code' | 'patch' | 'jobId' | 'refused'>[]>;
  idempotencyKey: string | null;
  bodySha256: string;
  createdAt: CreatedAt;
}

export interface WebhooksTable {
  id: string;
  tenantId: string;
  url: string;
  events: Json<Event['type'][]>;
  enabled: Generated<boolean>;
  disabledBecause: string | null;
  secret: string;
  /** Signs too, until then. */
  formerSecret: string | null;
  formerSecretUntil: Date | null;
  /** With `eventId` the place behind which events are still to be sent. */
  transaction: string;
  eventId: number;
  createdAt: CreatedAt;
}

export interface WebhookDeliveriesTable {
  id: string;
  tenantId: string;
  webhookId: string;
  type: string;
  /** The very bytes that are signed. */
  payload: string;
  state: Generated<Delivery['state']>;
  tries: Generated<number>;
  log: JsonWithDefault<DeliveryTry[]>;
  nextTryAt: ColumnType<Date | null, undefined, Date | null>;
  createdAt: CreatedAt;
  finishedAt: Date | null;
}

export interface QuotasTable {
  tenantId: string;
  /** null, here and below: no limit. */
  activeJobs: number | null;
  bytes: number | null;
  steps: number | null;
}

export interface TenantUsageTable {
  tenantId: string;
  /** Of jobs that are no more. */
  deletedSteps: Generated<number>;
  /** Rows. */
  predictions: Generated<number>;
}

export interface SettingsTable {
  key: string;
  value: string;
}

export interface Database {
  datasets: DatasetsTable;
  jobs: JobsTable;
  idempotencyKeys: IdempotencyKeysTable;
  metricChunks: MetricChunksTable;
  events: EventsTable;
  findings: FindingsTable;
  checkpoints: CheckpointsTable;
  checkpointReaders: CheckpointReadersTable;
  models: ModelsTable;
  modelNames: ModelNamesTable;
  modelAliases: ModelAliasesTable;
  modelBaselines: ModelBaselinesTable;
  predictionStatistics: PredictionStatisticsTable;
  consumers: ConsumersTable;
  settings: SettingsTable;
  quotas: QuotasTable;
  tenantUsage: TenantUsageTable;
  apiKeys: ApiKeysTable;
  audit: AuditTable;
  races: RacesTable;
  webhooks: WebhooksTable;
  webhookDeliveries: WebhookDeliveriesTable;
  sweeps: SweepsTable;
  sweepTrials: SweepTrialsTable;
  sweepReports: SweepReportsTable;
}
