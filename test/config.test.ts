/** The configuration: defaults, parsing, and messages that say what is wrong without telling secrets. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ConfigError, environmentOf, loadConfig } from '../src/config.js';
import { projectRoot } from '../src/paths.js';

function complaintsAbout(environment: NodeJS.ProcessEnv): string {
  try {
    loadConfig(environment);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.message;
  }
  assert.fail(`accepted ${JSON.stringify(environment)}`);
}

test('an empty environment gives a service on loopback that embeds everything', () => {
  const config = loadConfig({});
  assert.equal(config.host, '127.0.0.1');
  assert.equal(config.port, 8080);
  assert.equal(config.dataDir, join(projectRoot, '.data'));
  assert.equal(config.databaseUrl, undefined);
  assert.equal(config.redisUrl, undefined);
  assert.equal(config.artifactsUrl, `file://${projectRoot}/.data/artifacts`);
});

test('numbers are parsed, empty variables count as unset, other variables are left alone', () => {
  const config = loadConfig({
    PORT: '0',
    HEARTBEAT_SECONDS: '0.2',
    REDIS_URL: '',
    UNRELATED: 'x',
    DATA_DIR: '/srv/data',
  });
  assert.equal(config.port, 0);
  assert.equal(config.heartbeatSeconds, 0.2);
  assert.equal(config.redisUrl, undefined);
  assert.equal(config.artifactsUrl, 'file:///srv/data/artifacts');
  assert.ok(!('unrelated' in config));
});

test('a bad value is refused by key, with what was expected and what was found', () => {
  for (const port of ['abc', '8080x', '0x10', '1e3', '80.5', '-1', '65536', ' ']) {
    assert.match(
      complaintsAbout({ PORT: port }),
      new RegExp(`^PORT: expected a port from 0 to 65535.*got "?${port}"?$`),
    );
  }
  assert.match(
    complaintsAbout({ KERNELS: 'gpu' }),
    /^KERNELS: expected auto, reference, wasm, wasm-fma, blas, onednn, openblas or accelerate; got "gpu"$/,
  );
  assert.match(complaintsAbout({ NAMESPACE: 'a"; drop schema' }), /^NAMESPACE: expected .*identifier/);
  assert.match(
    complaintsAbout({ LEASE_SECONDS: '3', HEARTBEAT_SECONDS: '2' }),
    /^LEASE_SECONDS: .*2 × HEARTBEAT_SECONDS/,
  );
});

test('artifacts are in a folder or on S3, and true and false are the two ways to say yes and no', () => {
  const s3 = { ARTIFACTS_URL: 's3://some.bucket/a/b', S3_ENDPOINT: 'http://127.0.0.1:9000', S3_REGION: 'eu-central-1' };
  const config = loadConfig({ ...s3, S3_FORCE_PATH_STYLE: 'true' });
  assert.equal(config.artifactsUrl, s3.ARTIFACTS_URL);
  assert.equal(config.s3ForcePathStyle, true);
  assert.equal(loadConfig({ ...s3, S3_FORCE_PATH_STYLE: 'false' }).s3ForcePathStyle, false);
  for (const url of [
    's3://',
    's3://B',
    's3://ab/../c',
    's3://bucket//x',
    's3://bucket/.x',
    's3://user:pw@bucket/x',
    '/srv',
  ]) {
    assert.match(
      complaintsAbout({ ARTIFACTS_URL: url }),
      /^ARTIFACTS_URL: expected a file:\/\/\/ URL .* or s3:\/\/bucket/,
    );
  }
  assert.match(complaintsAbout({ S3_FORCE_PATH_STYLE: 'yes' }), /^S3_FORCE_PATH_STYLE: expected true .*; got "yes"$/);
});

test('every bad key is named at once', () => {
  const lines = complaintsAbout({ PORT: 'x', CONSUMERS: '-1', LOG_LEVEL: 'loud' }).split('\n');
  assert.deepEqual(lines.map((line) => line.split(':')[0]).sort(), ['CONSUMERS', 'LOG_LEVEL', 'PORT']);
});

test('bytes and seconds below their least are refused with the key and what came', () => {
  for (const key of ['HANG_SECONDS', 'ARTIFACT_CACHE_BYTES', 'DATA_MEMORY_BYTES', 'MAX_CHECKPOINT_BYTES']) {
    assert.match(complaintsAbout({ [key]: '-1' }), new RegExp(`^${key}: expected .*; got -1$`));
  }
});

test('a password in a bad URL is not printed', () => {
  for (const key of ['DATABASE_URL', 'REDIS_URL', 'ARTIFACTS_URL', 'S3_ENDPOINT']) {
    const complaint = complaintsAbout({ [key]: 'mysql://user:hunter2@host/db' });
    assert.match(complaint, new RegExp(`^${key}: expected`));
    assert.doesNotMatch(complaint, /hunter2/);
  }
});

test('a child process loads the configuration that its parent has', () => {
  const config = loadConfig({
    ...{ PORT: '0', CONSUMERS: '3', DATA_DIR: '/srv/data', DATABASE_URL: 'postgres://u:p@h/d' },
    ...{ ARTIFACTS_URL: 's3://bucket', S3_FORCE_PATH_STYLE: 'true' },
  });
  assert.deepEqual(loadConfig(environmentOf(config)), config);
});
