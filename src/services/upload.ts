/**
 * An upload on its way to disk: one file, or those of images and labels, and a few fields, in any order, hashed and counted
 * as they pass and never held in memory. Refuses what it does not know by name.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Static, TSchema } from '#typebox';
import { Value } from '#typebox/value';
import { digestOf } from '../data/upload-digest.js';
import { fieldProblem, type Problem } from '../errors.js';
import { nearest } from '../nearest.js';
import { type ImagePart, imageParts, UploadFields } from '../schemas/dataset.js';

export type UploadPart =
  | { kind: 'file'; field: string; fileName: string; contentType: string; content: AsyncIterable<Buffer> }
  | { kind: 'field'; field: string; value: string };

export interface Upload {
  /** Whether it is the files of images, and not one file. */
  ofImages: boolean;
  /** Of the file, or of the images. */
  fileName: string;
  contentType: string;
  /** Of all files. */
  bytes: number;
  sha256: string;
  fields: Fields;
}

type Fields = Static<typeof UploadFields>;
type FieldName = keyof Fields;
const fieldNames = Object.keys(UploadFields.properties) as FieldName[];
const fileFields = ['file', ...imageParts] as const;
type FileField = (typeof fileFields)[number];

interface Destination {
  /** Each file stands there by the name of its field. */
  folder: string;
  maxBytes: number;
  signal: AbortSignal;
}

interface ReceivedFile {
  field: FileField;
  fileName: string;
  contentType: string;
  bytes: number;
  sha256: string;
}

/** Writes the files and returns what came with them. Throws a Problem; the caller removes the files. */
export async function receiveUpload(parts: AsyncIterable<UploadPart>, to: Destination): Promise<Upload> {
  const files = new Map<FileField, ReceivedFile>();
  const fields: Partial<Record<FieldName, string>> = {};
  let bytes = 0;
  for await (const part of parts) {
    checkName(part);
    if (part.kind === 'field') {
      const name = part.field as FieldName;
      if (fields[name] !== undefined) throw refused(part.field, 'given twice');
      fields[name] = part.value;
    } else {
      const field = part.field as FileField;
      if (files.has(field)) throw refused(field, 'expected one file, got several');
      const { fileName, contentType } = part;
      const written = await writeFile(part.content, field, { ...to, maxBytes: to.maxBytes - bytes });
      bytes += written.bytes;
      files.set(field, { field, fileName, contentType, ...written });
    }
  }
  checkFiles(files);
  const main = (files.get('file') ?? files.get('images'))!;
  const { fileName, contentType } = main;
  const ofImages = main.field === 'images';
  const checked = checkFields(fields);
  const sha256 = digestOf([...files.values()], checked.imageSize);
  return { ofImages, fileName, contentType, bytes, sha256, fields: checked };
}

/** One file, or images with their labels and perhaps others to test with. */
function checkFiles(files: ReadonlyMap<FileField, unknown>): void {
  if (files.has('file')) {
    const other = imageParts.find((field) => files.has(field));
    if (other) throw refused(other, 'expected either file, or images and labels');
    return;
  }
  if (files.size === 0) throw refused('file', 'required, but missing: or images and labels');
  const wanted: ImagePart[] =
    files.has('testImages') || files.has('testLabels') ? [...imageParts] : ['images', 'labels'];
  const missing = wanted.find((field) => !files.has(field));
  if (missing) throw refused(missing, `required, but missing: expected ${wanted.join(', ')}`);
}

function checkName({ kind, field }: UploadPart): void {
  const known: string[] = [...fileFields, ...fieldNames];
  if (!known.includes(field)) {
    const near = nearest(field, known);
    const error = { path: `/${field}`, message: `unknown field "${field}"`, expected: known };
    throw fieldProblem('invalid_request', error, near && `did you mean "${near}"?`);
  }
  if ((kind === 'file') !== fileFields.some((name) => name === field)) {
    throw refused(
      field,
      kind === 'file' ? 'expected text, got a file' : 'expected a file (a part with a file name), got text',
    );
  }
}

function checkFields(fields: Partial<Record<FieldName, string>>): Fields {
  for (const name of fieldNames) {
    const value: string | undefined = fields[name];
    const schema: TSchema & { enum?: string[]; pattern?: string } = UploadFields.properties[name];
    if (value === undefined || Value.Check(schema, value as unknown)) continue;
    const expected = schema.enum ?? (schema.pattern ? 'height and width, such as 64x48' : '1 to 200 characters');
    throw fieldProblem('invalid_request', {
      path: `/${name}`,
      message: `expected ${expected}`,
      expected,
      got: value.slice(0, 100),
    });
  }
  return fields as Fields;
}

const refused = (field: string, message: string): Problem =>
  fieldProblem('invalid_request', { path: `/${field}`, message });

async function writeFile(content: AsyncIterable<Buffer>, field: FileField, { folder, maxBytes, signal }: Destination) {
  const hash = createHash('sha256');
  let bytes = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of content) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(field, maxBytes);
      hash.update(chunk);
      yield chunk;
    }
  }
  await pipeline(counted, createWriteStream(join(folder, field), { flags: 'wx' }), { signal }).catch(
    (error: unknown) => {
      throw signal.aborted ? signal.reason : error;
    },
  );
  return { bytes, sha256: hash.digest('hex') };
}

function tooLarge(field: FileField, maxBytes: number): Problem {
  const expected = `at most ${maxBytes} bytes`;
  return fieldProblem('payload_too_large', { path: `/${field}`, message: `expected ${expected}`, expected });
}
