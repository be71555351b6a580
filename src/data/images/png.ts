/** Levels of images → PNG, one by one or side by side on a sheet. */

export interface Picture {
  /** [channels, height, width] */
  levels: Uint8Array;
  shape: readonly [channels: number, height: number, width: number];
}

const gap = 2;
/** Small images are enlarged on a sheet until their shorter side has so many pixels. */
const readable = 96;

export async function encodePng({ levels, shape: [channels, height, width] }: Picture): Promise<Buffer> {
  const { default: sharp } = await import('sharp'); // loaded where it is used
  const kept = channels >= 3 ? 3 : 1; // of other channels a screen has no colours
  const pixels = new Uint8Array(height * width * kept);
  for (let at = 0; at < pixels.length; at++) {
    pixels[at] = levels[(at % kept) * height * width + Math.floor(at / kept)]!;
  }
  return sharp(pixels, { raw: { width, height, channels: kept } })
    .png()
    .toBuffer();
}

/** A row of pictures for each of `rows`, all of one shape. */
export async function encodeSheet(rows: readonly (readonly Picture[])[]): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  const [, height, width] = rows[0]![0]!.shape;
  const scale = Math.max(1, Math.ceil(readable / Math.min(height, width)));
  const [cellHeight, cellWidth] = [height * scale + gap, width * scale + gap];
  const placed = rows.flatMap((row, y) =>
    row.map(async (picture, x) => ({
      input: await sharp(await encodePng(picture))
        .resize(width * scale, height * scale, { kernel: 'nearest' })
        .toBuffer(),
      left: x * cellWidth,
      top: y * cellHeight,
    })),
  );
  const [sheetWidth, sheetHeight] = [rows[0]!.length * cellWidth - gap, rows.length * cellHeight - gap];
  return sharp({ create: { width: sheetWidth, height: sheetHeight, channels: 3, background: '#808080' } })
    .composite(await Promise.all(placed))
    .png()
    .toBuffer();
}
