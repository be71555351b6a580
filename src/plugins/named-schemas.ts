/**
 * Schemas with an `$id` become shared components: routes are written with the TypeBox schemas themselves, for the sake of
 * their types, and each named schema inside is replaced by a reference as the route is registered. So validation compiles
 * it once, and OpenAPI names it.
 */
import type { FastifyInstance, RouteOptions } from 'fastify';
import fp from 'fastify-plugin';
import { type TSchema, Type } from '#typebox';
import { AugmentationsSpec } from '../data/augment/index.js';
import { Index, Liveness, Readiness } from '../routes/service-schemas.js';
import { FieldErrorSchema, PostMortem, ProblemSchema, RunErrorSchema } from '../schemas/common.js';
import { Comparison, JobSummary, Lineage, Relative } from '../schemas/comparison.js';
import { ColumnInfo, Dataset, DatasetPage } from '../schemas/dataset.js';
import { DatasetSpec, ProfiledData } from '../schemas/dataset-spec.js';
import { Drift } from '../schemas/drift.js';
import { RecordedEdit, TrainingEdit } from '../schemas/edits.js';
import { EvaluateRequest, Evaluation } from '../schemas/evaluation.js';
import { Finding, Findings } from '../schemas/finding.js';
import { GenerateRequest, GenerateResponse } from '../schemas/generate.js';
import { Initialized } from '../schemas/initialize.js';
import {
  CancelRequest,
  ForkRequest,
  Job,
  JobPage,
  JobResult,
  Plan,
  Progress,
  ResumeRequest,
  SplitMetrics,
  Transition,
} from '../schemas/job.js';
import { JobSpec } from '../schemas/job-spec.js';
import * as keys from '../schemas/key.js';
import * as model from '../schemas/model.js';
import { ColumnSettings } from '../schemas/preparation-spec.js';
import { Preview } from '../schemas/preview.js';
import * as profile from '../schemas/profile.js';
import * as remedies from '../schemas/remedies.js';
import * as run from '../schemas/run.js';
import { SweepParameter, SweepSpec } from '../schemas/sweep.js';
import * as sweep from '../schemas/sweep-results.js';
import { Tokenizer } from '../schemas/tokenizer.js';
import { Usage } from '../schemas/usage.js';
import * as webhook from '../schemas/webhook.js';
import { examplesOf } from './body-examples.js';

const named: readonly TSchema[] = [
  ...[
    ProblemSchema,
    FieldErrorSchema,
    PostMortem,
    RunErrorSchema,
    ColumnInfo,
    Dataset,
    DatasetPage,
    DatasetSpec,
    ProfiledData,
    JobSpec,
  ],
  ...[CancelRequest, ForkRequest, ResumeRequest, Job, JobPage, JobResult, Plan, Progress, SplitMetrics, Transition],
  ...[TrainingEdit, RecordedEdit, Finding, Findings, Initialized],
  ...[JobSummary, Relative, Lineage, Comparison],
  ...[run.Metrics, run.MetricSeries, run.Event, run.EventPage, run.Checkpoint, run.CheckpointPatch, run.Verification],
  ...[run.CheckpointPage, run.Model, run.ModelPage, run.PredictRequest, run.Prediction, run.PredictResponse],
  ...[model.RegisterRequest, model.ModelDetails, EvaluateRequest, Evaluation, Drift],
  ...[profile.RowsConcerned, profile.NumberProfile, profile.LengthsProfile, profile.Association, profile.ColumnProfile],
  ...[profile.DataProblem, profile.Profile, AugmentationsSpec, Preview],
  ...[ColumnSettings, GenerateRequest, GenerateResponse, Tokenizer],
  ...[keys.SessionRequest, keys.KeyRequest, keys.Key, keys.KeyPage, keys.NewKey, keys.AuditEntry, keys.AuditPage],
  ...[SweepParameter, SweepSpec, sweep.Sweep, sweep.SweepPage, sweep.SweepTrial, sweep.SweepTrialPage],
  ...[sweep.SweepReport, sweep.BestTrial],
  ...[remedies.RemediesRequest, remedies.Entrant, remedies.Race, remedies.Races],
  ...[webhook.WebhookRequest, webhook.WebhookPatch, webhook.RotateRequest, webhook.Webhook, webhook.WebhookPage],
  ...[webhook.NewWebhook, webhook.DeliveryTry, webhook.Delivery, webhook.DeliveryPage],
  ...[Index, Liveness, Readiness, Usage],
];

type Node = Record<string, unknown>;

/** A query with any field at all is refused where a route knows none. */
const NoQuery = Type.Object({}, { additionalProperties: false });

export default fp(async (app: FastifyInstance) => {
  for (const schema of named) {
    const { $id, ...body } = schema as TSchema & { $id?: string };
    app.addSchema({ $id, ...(withReferences(body) as object), ...examplesOf($id) });
  }
  app.addHook('onRoute', (route: RouteOptions) => {
    if (!route.schema || route.schema.hide) return;
    route.schema = withReferences({ querystring: NoQuery, ...route.schema }) as NonNullable<RouteOptions['schema']>;
  });
});

/** A copy in which each schema with an `$id` is a reference to it. Also mends what TypeBox writes for records. */
function withReferences(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withReferences);
  if (typeof node !== 'object' || node === null) return node;
  const { $id, $ref } = node as Node;
  if (typeof $id === 'string') return { $ref: `${$id}#` };
  if (typeof $ref === 'string') return { $ref: $ref.endsWith('#') ? $ref : `${$ref}#` };
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) =>
      key === 'patternProperties' ? recordOf(value) : [key, withReferences(value)],
    ),
  );
}

/** TypeBox's pattern for "any key", `^.*$`, misses keys with a line break, and their values would go unchecked. */
function recordOf(patterns: unknown): [string, unknown] {
  const entries = Object.entries(patterns as Node);
  if (entries.length !== 1 || entries[0]![0] !== '^.*$') throw new Error('only records of any string key are known');
  return ['additionalProperties', withReferences(entries[0]![1])];
}
