/** The known name that a misspelt one most likely meant, for hints. */

/** Longer names get no hint: what a comparison costs grows with their length, and a client chooses them. */
const longest = 60;

/** Edits within which two names may be one: a third of the longer, at least one. */
const tolerance = (a: string, b: string): number => Math.max(1, Math.floor(Math.max(a.length, b.length) / 3));

/** The nearest of `known`, case ignored, or undefined when none is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (name.length > longest) return undefined;
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const allowed = Math.min(tolerance(name, candidate), bestDistance - 1);
    if (Math.abs(name.length - candidate.length) > allowed) continue; // the distance is at least this
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance <= allowed) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** Levenshtein's distance, one row of the table at a time: d(i, j) = min(delete, insert, replace). */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(above[j]! + 1, row[j - 1]! + 1, replaced));
    }
    above = row;
  }
  return above[b.length]!;
}
