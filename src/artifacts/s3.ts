/**
 * Artifacts as objects below a prefix of an S3 bucket. Objects appear whole, when their last part is in. A key is written
 * with If-None-Match, so that a taken one is refused; on a store that does not know this header nothing is lost, since
 * keys are named by content or by a fresh id. Uploads in parts that a crash cut off are invisible; a lifecycle rule of the
 * bucket (AbortIncompleteMultipartUpload) takes them away.
 */
import { Readable } from 'node:stream';
import { S3, type S3ClientConfig } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { Config } from '../config.js';
import type { LocalCache } from './cache.js';
import { ArtifactError } from './errors.js';
import type { Artifacts, ByteRange } from './index.js';
import { checkKey } from './keys.js';
import { fromS3, isTaken } from './s3-errors.js';
import { type Tally, tallied, tallyOf } from './tally.js';

/** 10,000 parts are the most: 160 GB. Four of them are in memory at once. */
const partBytes = 16 * 2 ** 20;

type Settings = Pick<Config, 'artifactsUrl' | 's3Endpoint' | 's3Region' | 's3ForcePathStyle'>;

export class S3Artifacts implements Artifacts {
  readonly #client: S3;
  readonly #bucket: string;
  /** '' or 'some/folder/' */
  readonly #prefix: string;
  readonly #cache: LocalCache;

  constructor({ artifactsUrl, s3Endpoint, s3Region, s3ForcePathStyle }: Settings, cache: LocalCache) {
    const { hostname, pathname } = new URL(artifactsUrl);
    const folder = pathname.split('/').filter((segment) => segment !== '');
    this.#bucket = hostname;
    this.#prefix = folder.map((segment) => `${segment}/`).join('');
    this.#cache = cache;
    const region = s3Region ?? (s3Endpoint === undefined ? undefined : 'us-east-1'); // which other stores do not ask
    const options: S3ClientConfig = {
      forcePathStyle: s3ForcePathStyle,
      maxAttempts: 5,
      // What is stored is hashed here; the SDK's own sums would need a trailer that many stores do not know.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      ...(s3Endpoint !== undefined && { endpoint: s3Endpoint }),
      ...(region !== undefined && { region }),
    };
    this.#client = new S3(options);
  }

  async put(key: string, source: Uint8Array | Readable, { sha256 }: { sha256?: string } = {}): Promise<Tally> {
    const target = { ...this.#object(key), IfNoneMatch: '*' };
    const chunks = new Chunks(tallied(source instanceof Uint8Array ? [source] : source, { key, sha256 }));
    const Body = Readable.from(chunks);
    try {
      const upload = new Upload({ client: this.#client, params: { ...target, Body }, partSize: partBytes });
      await upload.done();
    } catch (error) {
      if (chunks.error !== null) throw chunks.error; // whatever else it led to
      if (!isTaken(error)) throw fromS3(error, key);
      const stored = await tallyOf(await this.get(key), key);
      if (stored.sha256 !== chunks.tally.sha256) throw new ArtifactError('exists', `${key} exists with other bytes`);
    }
    return chunks.tally;
  }

  async get(key: string, range?: ByteRange): Promise<Readable> {
    const Range = range && `bytes=${range.start}-${range.end}`;
    const { Body } = await this.#ask(key, () => this.#client.getObject({ ...this.#object(key), Range }));
    return Body as Readable; // in Node it always is one
  }

  async stat(key: string): Promise<{ bytes: number } | null> {
    try {
      const { ContentLength } = await this.#ask(key, () => this.#client.headObject(this.#object(key)));
      return { bytes: ContentLength! };
    } catch (error) {
      if (error instanceof ArtifactError && error.code === 'missing') return null;
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    await this.#ask(key, () => this.#client.deleteObject(this.#object(key)));
  }

  async removeAll(prefix: string): Promise<void> {
    for (const key of await this.list(prefix)) await this.remove(key);
  }

  async list(prefix: string): Promise<string[]> {
    const { Bucket, Key } = this.#object(prefix);
    const keys: string[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await this.#ask(prefix, () =>
        this.#client.listObjectsV2({ Bucket, Prefix: `${Key}/`, ContinuationToken }),
      );
      for (const object of page.Contents ?? []) keys.push(object.Key!.slice(this.#prefix.length));
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    return keys.sort();
  }

  async localPath(key: string, sha256: string): Promise<string> {
    checkKey(key);
    return this.#cache.path(sha256, key, () => this.get(key));
  }

  async #ask<T>(key: string, request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw fromS3(error, key);
    }
  }

  #object(key: string): { Bucket: string; Key: string } {
    checkKey(key);
    return { Bucket: this.#bucket, Key: this.#prefix + key };
  }
}

/** Iterates over chunks and remembers how that ended: the uploader's own error tells only that it did. */
class Chunks implements AsyncIterable<Uint8Array> {
  readonly #chunks: AsyncGenerator<Uint8Array, Tally>;
  #tally: Tally | null = null;
  error: unknown = null;

  constructor(chunks: AsyncGenerator<Uint8Array, Tally>) {
    this.#chunks = chunks;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      this.#tally = yield* this.#chunks;
    } catch (error) {
      this.error = error;
      throw error;
    }
  }

  get tally(): Tally {
    if (!this.#tally) throw new Error('the chunks have not been read to their end');
    return this.#tally;
  }
}
