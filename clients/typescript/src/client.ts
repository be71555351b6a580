/** The client: every operation of the API, typed, and what takes more than one request. */
import createOpenApiClient, { type Client } from 'openapi-fetch';
import { Connection, type ConnectionOptions } from './connection.js';
import { type EventOptions, followEvents, type JobEvent } from './events.js';
import type { paths } from './schema.js';
import { type Dataset, type DatasetSource, type UploadOptions, uploadDataset } from './upload.js';
import { type Job, type WaitOptions, waitFor } from './wait-for.js';

/** A job, or its id. */
export type JobReference = string | Pick<Job, 'id'>;

const idOf = (job: JobReference): string => (typeof job === 'string' ? job : job.id);

export interface TrainyardClient {
  /**
   * Every operation by method and path, as openapi-fetch has them: `api.GET('/v1/jobs/{id}', { params: { path: { id } } })`.
   * An answer of 400 and more is thrown as a TrainyardError, after tries again where those may help.
   */
  api: Client<paths>;
  /** A path (in Node), a Blob or a stream of bytes, none of them held in memory. */
  uploadDataset(source: DatasetSource, options?: UploadOptions): Promise<Dataset>;
  /** The job once it has succeeded, failed or been cancelled. */
  waitFor(job: JobReference, options?: WaitOptions): Promise<Job>;
  /** Every event of the job, to its end, over as many connections as that takes. */
  events(job: JobReference, options?: EventOptions): AsyncGenerator<JobEvent, void, undefined>;
}

export function createClient(options: ConnectionOptions): TrainyardClient {
  const connection = new Connection(options);
  return {
    api: createOpenApiClient<paths>({
      baseUrl: connection.baseUrl,
      fetch: (request) => connection.send(request),
    }),
    uploadDataset: (source, upload) => uploadDataset(connection, source, upload),
    waitFor: (job, wait) => waitFor(connection, idOf(job), wait),
    events: (job, follow) => followEvents(connection, idOf(job), follow),
  };
}
