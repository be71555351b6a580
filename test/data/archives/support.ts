/** Archives and images, made for the tests byte by byte, so that any byte can be wrong. */
import { buffer } from 'node:stream/consumers';
import { crc32, deflateRawSync, deflateSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';

export interface Packed {
  name: string;
  content: Uint8Array;
  /** Of the file: Unix type and rights. */
  mode?: number;
  /** General purpose flags; 1 says encrypted. */
  flags?: number;
  /** What the directory says of it in place of the truth. */
  said?: { bytes?: number; crc?: number; method?: number };
}

/** A zip archive of deflated files. */
export function zip(files: readonly Packed[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content, mode = 0o100644, flags = 0x800, said = {} } of files) {
    const packed = deflateRawSync(content, { level: 9 });
    const fields = Buffer.alloc(26); // what both headers hold
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(flags, 2);
    fields.writeUInt16LE(said.method ?? 8, 4);
    fields.writeUInt32LE(said.crc ?? crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(said.bytes ?? content.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const header = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name)]);
    const more = Buffer.alloc(14);
    more.writeUInt32LE((mode << 16) >>> 0, 6);
    more.writeUInt32LE(offset, 10);
    central.push(Buffer.from('PK\x01\x02'), Buffer.of(0x14, 3), fields, more, Buffer.from(name));
    local.push(header, packed);
    offset += header.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...local, directory, Buffer.from('PK\x05\x06'), end]);
}

export async function tar(
  files: readonly Packed[],
  other: readonly (Partial<Header> & Pick<Header, 'name'>)[] = [],
): Promise<Buffer> {
  const archive = pack();
  for (const { name, content } of files) archive.entry({ name }, Buffer.from(content));
  for (const header of other) archive.entry(header);
  archive.finalize();
  return buffer(archive);
}

/** PNG's own number of each form of pixel. */
const colourTypes = { grey: 0, rgb: 2, greyAlpha: 4, rgba: 6 } as const;
const samples = { grey: 1, rgb: 3, greyAlpha: 2, rgba: 4 } as const;

/** A PNG file of [height, width, samples], 8 bits each. */
export function png(
  form: keyof typeof colourTypes,
  [height, width]: readonly [number, number],
  pixels: readonly number[] | Uint8Array,
): Buffer {
  const line = width * samples[form];
  const lines = Buffer.alloc(height * (line + 1)); // each begins with its filter, 0
  for (let y = 0; y < height; y++) lines.set(pixels.slice(y * line, (y + 1) * line), y * (line + 1) + 1);
  return pngOf(form, [height, width], deflateSync(lines));
}

/** The same, of pixels that are packed already, whatever they are. */
export function pngOf(
  form: keyof typeof colourTypes,
  [height, width]: readonly [number, number],
  packed: Buffer,
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colourTypes[form], 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    checksum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, checksum]);
  };
  const chunks = [chunk('IHDR', header), chunk('IDAT', packed), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks]);
}
