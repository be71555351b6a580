/** Tiny IDX files, made for the tests. */

/** An IDX file of unsigned bytes. */
export function idx(sizes: readonly number[], data: Uint8Array | readonly number[]): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.set([0, 0, 0x08, sizes.length]);
  sizes.forEach((size, index) => {
    header.writeUInt32BE(size, 4 + 4 * index);
  });
  return Buffer.concat([header, Uint8Array.from(data)]);
}

/** `rows` images of 6 × 5, each with a bar: standing where its label is 1, lying where it is 0; and the labels. */
export function bars(rows: number): { images: Buffer; labels: Buffer } {
  const [height, width] = [6, 5];
  const labels = Array.from({ length: rows }, (_, row) => row % 2);
  const pixels = labels.flatMap((label, row) => {
    const at = (row >> 1) % width;
    const bright = 150 + ((row * 37) % 106);
    return Array.from({ length: height * width }, (_, pixel) => {
      const [y, x] = [Math.floor(pixel / width), pixel % width];
      return (label === 1 ? x : y) === at ? bright : (row * 7 + pixel * 13) % 40;
    });
  });
  return { images: idx([rows, height, width], pixels), labels: idx([rows], labels) };
}
