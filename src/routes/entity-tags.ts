/** Strong entity tags: a checkpoint never changes, so its hash names its bytes for good. */

export const entityTag = (sha256: string): string => `"${sha256}"`;

/** Whether If-None-Match lists the tag. It compares weakly: `W/` does not count. */
export function matchesAny(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((listed) => ['*', tag].includes(listed.trim().replace(/^W\//, '')));
}

/** Whether a range may be served: If-Range is absent or names these very bytes. A date never does, since there is none. */
export const permitsRange = (ifRange: string | undefined, tag: string): boolean =>
  ifRange === undefined || ifRange.trim() === tag;
