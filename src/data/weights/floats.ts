/** The floating-point types of safetensors, as float32; all little-endian. */

export const floatBytes = { F64: 8, F32: 4, F16: 2, BF16: 2 } as const;
export type FloatType = keyof typeof floatBytes;

export const isFloat = (dtype: string): dtype is FloatType => Object.hasOwn(floatBytes, dtype);

/** What is too large for a float32 becomes infinite. */
export function toFloats(dtype: FloatType, bytes: Buffer): Float32Array {
  const count = bytes.length / floatBytes[dtype];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const valueAt = readers[dtype];
  return Float32Array.from({ length: count }, (_, index) => valueAt(view, index));
}

const word = new DataView(new ArrayBuffer(4));

const readers: Readonly<Record<FloatType, (view: DataView, index: number) => number>> = {
  F64: (view, index) => view.getFloat64(8 * index, true),
  F32: (view, index) => view.getFloat32(4 * index, true),
  F16: (view, index) => halfFloat(view.getUint16(2 * index, true)),
  // The upper half of a float32.
  BF16(view, index) {
    word.setUint32(0, view.getUint16(2 * index, true) << 16);
    return word.getFloat32(0);
  },
};

/** IEEE 754 binary16: sign, 5 bits of exponent (15 is 2⁰), 10 of fraction. */
function halfFloat(bits: number): number {
  const sign = bits >>> 15 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = (bits & 0x3ff) / 1024;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -14 : sign * (1 + fraction) * 2 ** (exponent - 15);
}
