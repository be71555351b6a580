/** Addresses of the views: the part behind #, `/jobs/job_…?x=y`. */

export interface Route {
  path: string[];
  query: URLSearchParams;
}

export function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?', 2);
  return { path: path.split('/').filter(Boolean), query: new URLSearchParams(query) };
}

/** `#/jobs?state=running`; fields that are empty or undefined are left out. */
export function link(path: string, query: Record<string, string | undefined> = {}): string {
  const fields = Object.entries(query).filter((field): field is [string, string] => Boolean(field[1]));
  return `#${path}${fields.length ? `?${new URLSearchParams(fields)}` : ''}`;
}
