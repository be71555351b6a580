/** Bodies of uploads: small files that may be a dataset, in forms that may be broken. */
import fc from 'fast-check';

/** Goes with the content type `multipart/form-data; boundary=fuzz`, and with none that has another. */
export const boundary = 'fuzz';

const cell = fc.oneof(fc.integer({ min: -9, max: 9 }).map(String), fc.constantFrom('a', 'b', '', '"', 'NaN', '1e999'));
const table = fc
  .array(fc.array(cell, { minLength: 2, maxLength: 2 }), { maxLength: 20 })
  .map((rows) => `x,y\n${rows.map((row) => row.join()).join('\n')}`);
const file = fc.oneof({ weight: 3, arbitrary: table }, { weight: 1, arbitrary: fc.string({ unit: 'binary' }) });
const fileName = fc.constantFrom(
  'a.csv',
  'a.jsonl',
  'a.txt',
  'a.zip',
  'a.npy',
  'a.parquet',
  'a.csv.gz',
  '',
  '../../a.csv',
);
const filePart = fc
  .tuple(fc.constantFrom('file', 'file', 'file', 'images', 'other'), fileName, file)
  .map(([field, name, content]) => `name="${field}"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n${content}`);
const fieldPart = fc
  .tuple(
    fc.constantFrom('name', 'format', 'imageSize', '__proto__', 'x'),
    fc.constantFrom('csv', 'text', '8x8', '', 'x'),
  )
  .map(([field, value]) => `name="${field}"\r\n\r\n${value}`);

const whole = fc
  .tuple(fc.array(fieldPart, { maxLength: 2 }), fc.array(filePart, { minLength: 1, maxLength: 2 }))
  .map(([fields, files]) => {
    const parts = [...fields, ...files].map((part) => `--${boundary}\r\ncontent-disposition: form-data; ${part}\r\n`);
    return `${parts.join('')}--${boundary}--\r\n`;
  });
const cut = fc.tuple(whole, fc.nat({ max: 200 })).map(([body, length]) => body.slice(0, -length));

export const upload = fc.oneof({ weight: 4, arbitrary: whole }, { weight: 1, arbitrary: cut });
