/**
 * An upload on its way to disk: one file and a few fields, in any order, hashed and counted as they pass and never held in
 * memory. Refuses what it does not know by name.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Static, TSchema } from '#typebox';
import { Value } from '#typebox/value';
import { fieldProblem, type Problem } from '../errors.js';
import { nearest } from '../nearest.js';
import { UploadFields } from '../schemas/dataset.js';

export type UploadPart =
  | { kind: 'file'; field: string; fileName: string; contentType: string; content: AsyncIterable<Buffer> }
  | { kind: 'field'; field: string; value: string };

export interface Upload {
  fileName: string;
  contentType: string;
  bytes: number;
  sha256: string;
  fields: Fields;
}

type Fields = Static<typeof UploadFields>;
type FieldName = keyof Fields;
const fieldNames = Object.keys(UploadFields.properties) as FieldName[];

interface Destination {
  path: string;
  maxBytes: number;
  signal: AbortSignal;
}

/** Writes the file to `path` and returns what came with it. Throws a Problem; the caller removes the file. */
export async function receiveUpload(parts: AsyncIterable<UploadPart>, to: Destination): Promise<Upload> {
  let file: Omit<Upload, 'fields'> | null = null;
  const fields: Partial<Record<FieldName, string>> = {};
  for await (const part of parts) {
    checkName(part);
    if (part.kind === 'field') {
      const name = part.field as FieldName;
      if (fields[name] !== undefined) throw refused(part.field, 'given twice');
      fields[name] = part.value;
    } else {
      if (file) throw refused(part.field, 'expected one file, got several');
      const { fileName, contentType } = part;
      file = { fileName, contentType, ...(await writeFile(part.content, to)) };
    }
  }
  if (!file) throw refused('file', 'required, but missing');
  return { ...file, fields: checkFields(fields) };
}

function checkName({ kind, field }: UploadPart): void {
  const known = ['file', ...fieldNames];
  if (!known.includes(field)) {
    const near = nearest(field, known);
    const error = { path: `/${field}`, message: `unknown field "${field}"`, expected: known };
    throw fieldProblem('invalid_request', error, near && `did you mean "${near}"?`);
  }
  if ((kind === 'file') !== (field === 'file')) {
    throw refused(
      field,
      kind === 'file' ? 'expected text, got a file' : 'expected a file (a part with a file name), got text',
    );
  }
}

function checkFields(fields: Partial<Record<FieldName, string>>): Fields {
  for (const name of fieldNames) {
    const value: string | undefined = fields[name];
    const schema: TSchema & { enum?: string[] } = UploadFields.properties[name];
    if (value === undefined || Value.Check(schema, value as unknown)) continue;
    const expected = schema.enum ?? '1 to 200 characters';
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

async function writeFile(content: AsyncIterable<Buffer>, { path, maxBytes, signal }: Destination) {
  const hash = createHash('sha256');
  let bytes = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of content) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      hash.update(chunk);
      yield chunk;
    }
  }
  await pipeline(counted, createWriteStream(path, { flags: 'wx' }), { signal }).catch((error: unknown) => {
    throw signal.aborted ? signal.reason : error;
  });
  return { bytes, sha256: hash.digest('hex') };
}

function tooLarge(maxBytes: number): Problem {
  const expected = `at most ${maxBytes} bytes`;
  return fieldProblem('payload_too_large', { path: '/file', message: `expected ${expected}`, expected });
}
