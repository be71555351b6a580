/**
 * The configuration: the environment read once, checked against one schema. Nothing else in src/ or workers/ reads
 * process.env. A bad value stops the process with a message that names the key, what was expected and what was found;
 * values of URLs are never printed, since they carry passwords.
 */
import { availableParallelism, totalmem } from 'node:os';
import { isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Static, type TSchema, Type } from '#typebox';
import { Value } from '#typebox/value';
import type { KernelsRequest } from './engine/index.js';
import { projectRoot } from './paths.js';

const GiB = 2 ** 30;

/** Half of what this process may use (its cgroup counts), at most the 4 GiB that one engine memory can address. */
function defaultMaxJobBytes(): number {
  const allowed = process.constrainedMemory() || Number.POSITIVE_INFINITY; // 0: not constrained
  return Math.min(4 * GiB, Math.floor(Math.min(allowed, totalmem()) / 2));
}

/** One entry a key; `maxJobBytes` is MAX_JOB_BYTES in the environment. A description says what is expected. */
const Settings = Type.Object({
  host: Type.String({ minLength: 1, default: '127.0.0.1', description: 'the address to listen on' }),
  port: Type.Integer({
    minimum: 0,
    maximum: 65535,
    default: 8080,
    description: 'a port from 0 to 65535; 0 takes any free one',
  }),
  keys: Type.Enum(['auto', 'required', 'none'], {
    default: 'auto',
    description: 'auto, required or none: whether requests need an API key; auto: where HOST is not a loopback address',
  }),
  requestsPerMinute: Type.Integer({
    minimum: 1,
    default: 60_000,
    description: 'how many requests a minute one key may make of one API process',
  }),
  dataDir: Type.String({
    minLength: 1,
    default: '.data',
    description: 'a folder for database, artifacts and uploads; a relative one is below the project',
  }),
  databaseUrl: Type.Optional(
    Type.String({ pattern: '^postgres(ql)?://', description: 'a postgres:// URL; without it, PostgreSQL is embedded' }),
  ),
  redisUrl: Type.Optional(
    Type.String({ pattern: '^rediss?://', description: 'a redis:// or rediss:// URL; without it, PostgreSQL queues' }),
  ),
  artifactsUrl: Type.Optional(
    Type.String({
      pattern: '^(file:///|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_][A-Za-z0-9_.-]*)*/?$)',
      description: 'a file:/// URL of a folder, or s3://bucket/prefix; default: artifacts in DATA_DIR',
    }),
  ),
  s3Endpoint: Type.Optional(
    Type.String({ pattern: '^https?://', description: 'the http(s):// URL of an S3 store that is not Amazon’s' }),
  ),
  s3Region: Type.Optional(
    Type.String({
      pattern: '^[a-z0-9-]{1,64}$',
      description: 'the region of the bucket; default: us-east-1 with S3_ENDPOINT, else AWS_REGION or the AWS profile',
    }),
  ),
  s3ForcePathStyle: Type.Boolean({
    default: false,
    description: 'true where the bucket stands in the path of the URL, not in its host; else false',
  }),
  artifactCacheBytes: Type.Integer({
    minimum: 0,
    default: 10 * GiB,
    description: 'bytes of S3’s artifacts to keep in DATA_DIR/cache; those in use are kept beyond it',
  }),
  logLevel: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    default: 'info',
    description: 'fatal, error, warn, info, debug, trace or silent',
  }),
  kernels: Type.Enum(
    ['auto', 'reference', 'wasm', 'wasm-fma', 'blas', 'onednn', 'openblas', 'accelerate'] satisfies KernelsRequest[],
    {
      default: 'auto',
      description: 'auto, reference, wasm, wasm-fma, blas, onednn, openblas or accelerate',
    },
  ),
  threadsPerJob: Type.Integer({
    minimum: 1,
    maximum: 64,
    default: 1,
    description: 'threads that one job trains with, 1 to 64; its results do not depend on it',
  }),
  consumers: Type.Integer({
    minimum: 0,
    maximum: 1024,
    default: 1,
    description: 'how many consumer processes the supervisor keeps, 0 to 1024',
  }),
  consumerConcurrency: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 1024,
      description:
        'jobs at once in one consumer, at most the number of cores over THREADS_PER_JOB, which is the default',
    }),
  ),
  consumerId: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9_.-]{1,100}$',
      description: 'the name of this consumer among all; set by the supervisor',
    }),
  ),
  maxJobBytes: Type.Integer({
    minimum: 1,
    default: defaultMaxJobBytes(),
    description: 'the most bytes one job may plan; default: half of the memory, at most 4 GiB',
  }),
  dataMemoryBytes: Type.Integer({
    minimum: 0,
    default: GiB,
    description: 'bytes of a table’s encoded rows that stand in memory; more are read from a file in DATA_DIR',
  }),
  maxCheckpointBytes: Type.Integer({
    minimum: 1,
    default: 16 * GiB,
    description: 'bytes of checkpoints that one job may keep; the last one stays however large it is',
  }),
  maxUploadBytes: Type.Integer({ minimum: 1, default: 8 * GiB, description: 'the most bytes of one uploaded file' }),
  maxDatasetBytes: Type.Integer({
    minimum: 1,
    default: 16 * GiB,
    description: 'the most bytes of a dataset on disk, and of what a packed file unpacks to',
  }),
  maxDatasetRows: Type.Integer({ minimum: 1, default: 100_000_000, description: 'the most rows of a table' }),
  recordPredictions: Type.Boolean({
    default: true,
    description: 'true or false: whether a sample of what is predicted is counted, column by column, to see drift',
  }),
  allowPrivateWebhooks: Type.Boolean({
    default: false,
    description: 'true lets webhooks reach addresses that are not public, for development; else false',
  }),
  namespace: Type.String({
    pattern: '^[a-z][a-z0-9_]{0,39}$',
    default: 'trainyard',
    description: 'the database schema and the prefix of the queue: a lower-case identifier of at most 40 characters',
  }),
  heartbeatSeconds: Type.Number({
    exclusiveMinimum: 0,
    maximum: 3600,
    default: 1,
    description: 'seconds between heartbeats of a running job',
  }),
  leaseSeconds: Type.Number({
    exclusiveMinimum: 0,
    maximum: 3600,
    default: 5,
    description: 'seconds without a heartbeat after which a run is given up to others; at least 2 × HEARTBEAT_SECONDS',
  }),
  hangSeconds: Type.Number({
    exclusiveMinimum: 0,
    maximum: 86_400,
    default: 120,
    description: 'seconds without a step after which a run counts as hung; longer where its steps are slow',
  }),
  shutdownSeconds: Type.Number({
    minimum: 0,
    maximum: 3600,
    default: 25,
    description: 'seconds that children get to finish before they are killed',
  }),
  embeddedPostgresPort: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 65535,
      description: 'the port of the embedded PostgreSQL; default: any free one',
    }),
  ),
});

type Settings = Static<typeof Settings>;
export type Config = Readonly<Settings & { artifactsUrl: string; consumerConcurrency: number }>;

export class ConfigError extends Error {
  readonly code = 'invalid_configuration';
  override name = 'ConfigError';
}

const settingNames = Object.keys(Settings.properties) as (keyof Settings)[];

/** 'maxJobBytes' → 'MAX_JOB_BYTES' */
function keyOf(setting: string): string {
  return setting.replace(/[A-Z]/g, '_$&').toUpperCase();
}

/** Only what the schema wants, where the text is it: "8080x", "0x10" and "yes" stay text and are refused. */
function parse(text: string, schema: TSchema): string | number | boolean {
  const type = 'type' in schema ? schema.type : undefined;
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  const wantsNumber = type === 'integer' || type === 'number';
  return wantsNumber && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/**
 * The configuration that `env` describes, defaults filled in and paths made absolute. An empty variable counts as unset.
 * Throws a ConfigError that lists every bad key.
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given: Record<string, string | number | boolean> = {};
  for (const name of settingNames) {
    const text = env[keyOf(name)];
    if (text) given[name] = parse(text, Settings.properties[name]);
  }
  const settings = Value.Default(Settings, given);
  if (!Value.Check(Settings, settings)) throw new ConfigError(describeErrors(given));
  if (settings.leaseSeconds < 2 * settings.heartbeatSeconds) {
    throw new ConfigError(complaint('leaseSeconds', settings.leaseSeconds));
  }
  const dataDir = isAbsolute(settings.dataDir) ? settings.dataDir : resolve(projectRoot, settings.dataDir);
  const artifactsUrl = settings.artifactsUrl ?? pathToFileURL(resolve(dataDir, 'artifacts')).href;
  const coresFor = Math.max(1, Math.floor(availableParallelism() / settings.threadsPerJob));
  const { consumerConcurrency = coresFor } = settings;
  if (consumerConcurrency > coresFor) throw new ConfigError(complaint('consumerConcurrency', consumerConcurrency));
  return Object.freeze({ ...settings, dataDir, artifactsUrl, consumerConcurrency });
}

/** The environment in which a child process loads this same configuration, with all else that this process inherited. */
export function environmentOf(config: Config): NodeJS.ProcessEnv {
  const pairs = settingNames.map((name) => [keyOf(name), config[name]?.toString()]);
  return { ...process.env, ...Object.fromEntries(pairs) };
}

function describeErrors(given: Record<string, string | number | boolean>): string {
  const bad = settingNames.filter((name) => name in given && !Value.Check(Settings.properties[name], given[name]));
  return bad.map((name) => complaint(name, given[name])).join('\n');
}

function complaint(name: keyof Settings, got: unknown): string {
  const shown = /(Url|Endpoint)$/.test(name)
    ? 'something else (not shown: it may hold a password)'
    : JSON.stringify(got);
  const { description } = Settings.properties[name] as { description?: string };
  return `${keyOf(name)}: expected ${description}; got ${shown}`;
}
