/** A text as it is stored: its bytes in UTF-8, one tensor `text` in a safetensors container, with what was counted of it. */
import { encodeSafetensors, type Safetensors } from '../../engine/index.js';
import type { TextContents } from '../../schemas/dataset.js';

/** Name of the tensor, and of the contents in the metadata. */
export const textKey = 'text';

export function encodeText(text: Uint8Array, contents: TextContents): Uint8Array {
  const tensor = { name: textKey, dtype: 'U8', shape: [text.length], data: text } as const;
  return encodeSafetensors([tensor], { [textKey]: JSON.stringify(contents) });
}

/** The text's bytes, a view of the file's. */
export function textOf({ tensors }: Safetensors): Uint8Array {
  const text = tensors.get(textKey)?.data;
  if (text instanceof Uint8Array) return text;
  throw new Error(`text file: expected bytes as tensor ${textKey}`);
}
