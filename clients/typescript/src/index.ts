/** @trainyard/client: what a program that uses Trainyard imports. */
export { createClient, type JobReference, type TrainyardClient } from './client.js';
export type { ConnectionOptions } from './connection.js';
export { type FieldError, TrainyardError } from './errors.js';
export type { EventOptions, JobEvent } from './events.js';
export type { components, operations, paths } from './schema.js';
export type { Dataset, DatasetSource, UploadOptions } from './upload.js';
export type { Job, WaitOptions } from './wait-for.js';
