/** A text as it is stored: its bytes in UTF-8, one tensor `text` in a safetensors container, with what was counted of it. */
import { encodeSafetensors } from '../../engine/index.js';
import type { TextContents } from '../../schemas/dataset.js';
import type { TensorFile } from '../tensor-file.js';

/** Name of the tensor, and of the contents in the metadata. */
export const textKey = 'text';

export function encodeText(text: Uint8Array, contents: TextContents): Uint8Array {
  const tensor = { name: textKey, dtype: 'U8', shape: [text.length], data: text } as const;
  return encodeSafetensors([tensor], { [textKey]: JSON.stringify(contents) });
}

/** The text's bytes. */
export const textOf = (file: TensorFile): Uint8Array => file.read(textKey, Uint8Array);
