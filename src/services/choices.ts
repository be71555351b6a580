/** How predictions are to be told: whether the model can, and what of its baseline that takes. */
import { fieldProblem, type Problem } from '../errors.js';
import type { Baseline } from '../run/baseline/baseline.js';
import { intervalOf } from '../run/baseline/residuals.js';
import { passesPerFeature } from '../run/explain.js';
import type { Telling } from '../run/prediction-protocol.js';
import type { Choice, ModelCard } from '../schemas/run.js';

/** In one answer: some megabytes of JSON, which the API can write without others waiting for it. */
const mostProbabilities = 100_000;
/** Features of a model whose rows are explained, and forward passes for the rows of one request. */
const mostExplained = 2000;
const mostPasses = 50_000;

/** A field that the model has no use for is a mistake; and so are more rows than one answer can tell of. */
export function checkChoice(choice: Choice, { card, rows }: { card: ModelCard; rows: number }): void {
  const { topK, threshold, calibrated, interval, explain } = choice;
  const { classes, features } = card;
  const kind = classes === null ? 'one of regression' : `one of ${classes.length} classes`;
  const refuse = (path: string, expected: string, got = kind) => unsuitable(path, { expected, got });
  if (topK !== undefined && classes === null) throw refuse('/topK', 'a model of classes');
  if (threshold !== undefined && classes?.length !== 2) throw refuse('/threshold', 'a model of two classes');
  if (calibrated && classes === null) throw refuse('/calibrated', 'a model of classes');
  if (interval !== undefined && classes !== null) throw refuse('/interval', 'a model of regression');
  const told = Math.min(topK ?? Number.POSITIVE_INFINITY, classes?.length ?? 1);
  checkRows(rows, { most: Math.floor(mostProbabilities / told), so: 'classes' });
  if (!explain) return;
  const read = features.find(({ type }) => type === 'text' || type === 'image');
  if (read !== undefined) throw refuse('/explain', 'a model of columns', `one of ${read.type}s`);
  const count = features.length;
  if (count > mostExplained)
    throw refuse('/explain', `a model of at most ${mostExplained} features`, `one of ${count}`);
  checkRows(rows, { most: Math.floor(mostPasses / (passesPerFeature * count)), so: 'features to explain' });
}

function checkRows(got: number, { most, so }: { most: number; so: string }): void {
  const least = Math.max(1, most);
  if (got <= least) return;
  const expected = `at most ${least} rows at once of a model with so many ${so}`;
  const message = `expected ${expected}, got ${got}`;
  throw fieldProblem('payload_too_large', { path: '/rows', message, expected, got });
}

/** Problem `unsuitable_model` where no rows of the model's job validate. */
export async function tellingOf(
  { calibrated, interval, explain, ...choice }: Choice,
  measured: () => Promise<Baseline>,
): Promise<Telling> {
  if (!calibrated && interval === undefined && !explain) return choice;
  const { temperature, residuals, means } = await measured();
  const [expected, got] = ['a model whose job keeps rows to validate on', 'none'];
  if (calibrated && temperature === null) throw unsuitable('/calibrated', { expected, got });
  if (interval !== undefined && residuals === null) throw unsuitable('/interval', { expected, got });
  return {
    ...choice,
    temperature: calibrated ? temperature! : undefined,
    interval: interval === undefined ? undefined : intervalOf(residuals!, interval),
    means: explain ? means! : undefined,
  };
}

/** A problem of one field that asks for what the model has not. */
function unsuitable(path: string, { expected, got }: { expected: string; got: string }): Problem {
  const message = `expected ${expected}, got ${got}`;
  return fieldProblem('unsuitable_model', { path, code: 'unsuitable_field', message, expected, got });
}
