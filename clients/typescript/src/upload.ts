/** Uploads of datasets that are never held in memory: a path (in Node), a Blob, or a stream of bytes. */
import type { Connection, PostBody } from './connection.js';
import type { components } from './schema.js';

export type Dataset = components['schemas']['Dataset'];
export type DatasetSource = string | Blob | AsyncIterable<Uint8Array>;

export interface UploadOptions {
  /** Default: what `fileName` is without its ending. */
  name?: string | undefined;
  /** Its ending tells the format; default the path's or the File's own. */
  fileName?: string | undefined;
  format?: Dataset['format'] | undefined;
  /** zip and tar: `64x48`, height and width to which every image is stretched. */
  imageSize?: string | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Bytes that were uploaded before give the dataset made then, so that an upload may be tried again; one of a stream has
 * one try, since its bytes are gone afterwards.
 */
export async function uploadDataset(
  connection: Connection,
  source: DatasetSource,
  { fileName, signal, ...rest }: UploadOptions = {},
): Promise<Dataset> {
  const fields = Object.entries(rest).filter((field): field is [string, string] => field[1] !== undefined);
  const body = await bodyOf(source, fields, fileName);
  const again = typeof source === 'string' || source instanceof Blob;
  const response = await connection.post('/v1/datasets', body, { again, signal });
  return (await response.json()) as Dataset;
}

async function bodyOf(source: DatasetSource, fields: [string, string][], name?: string): Promise<() => PostBody> {
  if (source instanceof Blob) {
    const form = new FormData();
    for (const [field, value] of fields) form.set(field, value);
    form.set('file', source, name ?? ('name' in source ? String(source.name) : 'file'));
    return () => ({ content: form });
  }
  if (typeof source !== 'string') return () => streamed(() => source, fields, name ?? 'file');
  const { open } = await import('node:fs/promises');
  const { createReadStream } = await import('node:fs');
  // an error of the path is better than one of the request
  const file = await open(source);
  const isFile = await file.stat().then((found) => found.isFile());
  await file.close();
  if (!isFile) throw new Error(`${source}: expected a file, got something else`);
  return () => streamed(() => createReadStream(source), fields, name ?? source.split(/[\\/]/).at(-1)!);
}

/** multipart/form-data as RFC 7578 writes it: the fields, then the file, which is opened once that is read. */
function streamed(file: () => AsyncIterable<Uint8Array>, fields: [string, string][], name: string): PostBody {
  const boundary = `trainyard-${crypto.randomUUID()}`;
  const encoder = new TextEncoder();
  const part = (disposition: string) => `--${boundary}\r\ncontent-disposition: form-data; ${disposition}\r\n\r\n`;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for (const [field, value] of fields) yield encoder.encode(`${part(`name="${field}"`)}${value}\r\n`);
    yield encoder.encode(part(`name="file"; filename="${name.replace(/[\r\n"]/g, encodeURIComponent)}"`));
    yield* file();
    yield encoder.encode(`\r\n--${boundary}--\r\n`);
  }
  return { content: streamOf(bytes()), contentType: `multipart/form-data; boundary=${boundary}` };
}

function streamOf(bytes: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await bytes.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await bytes.return(undefined);
    },
  });
}
