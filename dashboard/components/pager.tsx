/** The ways on from one page of a list: back to its newest, and to what is older. */
import { link } from '../lib/routes.js';

export interface PagerProps {
  path: string;
  /** What the list is narrowed to. */
  query?: Record<string, string>;
  /** Of this page; empty for the newest. */
  cursor: string;
  nextCursor: string | null | undefined;
}

export function Pager({ path, query, cursor, nextCursor }: PagerProps) {
  return (
    <nav class="pages" aria-label="Pages">
      {cursor && <a href={link(path, query)}>Newest</a>}
      {nextCursor && <a href={link(path, { ...query, cursor: nextCursor })}>Older</a>}
    </nav>
  );
}

/** The path of a page in the API. */
export const pageAt = (path: string, cursor: string): string =>
  cursor ? `${path}?${new URLSearchParams({ cursor })}` : path;
