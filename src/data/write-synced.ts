/** A new file, durable before the promise resolves. */
import { open } from 'node:fs/promises';

export async function writeSynced(
  path: string,
  content: Uint8Array | (() => AsyncIterable<Uint8Array>),
): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    if (content instanceof Uint8Array) await file.writeFile(content);
    else for await (const piece of content()) await file.writeFile(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}
