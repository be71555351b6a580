/** Which parameters of a job are its source's, which of them no update moves, and which are corrected by LoRA. */
import {
  type DataShape,
  graphOf,
  isOfResume,
  type Match,
  matchesPattern,
  matchWeights,
  type Parameter,
  type ResolvedEngineSpec,
  type SafetensorsHeader,
} from '../engine/index.js';
import { type FieldError, fieldProblem, type Problem } from '../errors.js';
import { nearest } from '../nearest.js';
import type { Initialized, ResolvedInitialize } from '../schemas/initialize.js';

interface Model {
  spec: ResolvedEngineSpec;
  shape: DataShape;
  /** Whether the last layer's weights mean here what they mean in the source. */
  keepsHead: boolean;
}

/** Names told in an error. */
const mostTold = 20;

/** Throws Problem `invalid_spec` where a name or a pattern is of nothing, nothing is taken over, or nothing would learn. */
export function takeOver(
  { id, header }: { id: string; header: SafetensorsHeader },
  initialize: ResolvedInitialize,
  { spec, shape, keepsHead }: Model,
): Initialized {
  const { layers, parameters } = graphOf(spec, shape);
  const matches = matchWeights(header, parameters, initialize);
  checkNames(header, matches, initialize);
  const head = layers.findLast((layer) => layer.parameters.some(({ isShared }) => !isShared));
  const isHead = ({ fullName }: Parameter) => head!.parameters.some((one) => one.fullName === fullName);
  const taken = matches
    .filter(({ parameter, fits }) => fits && (keepsHead || !isHead(parameter)))
    .map(({ parameter }) => parameter);
  if (taken.length === 0) {
    const message = 'no tensor of the source has the name and the shape of a parameter';
    const [expected, got] = [told(parameters.map(described)), told(weightsOf(header).map(described))];
    throw refused({ path: '/initialize/from', code: 'nothing_taken', message, expected, got }, 'map names by names');
  }
  const { freeze, lora } = initialize;
  const learnt = (of: readonly Parameter[]) => of.filter((parameter) => parameter.learnt !== false);
  checkPatterns(namesOf(parameters), freeze, '/initialize/freeze');
  const adaptable = taken.filter((parameter) => parameter.adaptable === true);
  if (lora !== null) checkPatterns(namesOf(adaptable), lora.targets, '/initialize/lora/targets');
  const corrected = lora === null ? [] : adaptable.filter((parameter) => isOf(parameter, lora.targets));
  const frozen = learnt(taken).filter(
    (parameter) => !corrected.includes(parameter) && (lora !== null || isOf(parameter, freeze)),
  );
  if (corrected.length === 0 && frozen.length === learnt(parameters).length) {
    const message = 'every parameter would be frozen, and nothing would learn';
    throw refused({ path: '/initialize/freeze', code: 'nothing_learns', message, got: freeze });
  }
  return {
    ...{ source: id, taken: taken.length },
    reinitialized: namesOf(parameters.filter((parameter) => !taken.includes(parameter))),
    frozen: namesOf(frozen),
    corrected: namesOf(corrected),
  };
}

/** What is renamed must be there, become one parameter alone, and have its shape. */
function checkNames(header: SafetensorsHeader, matches: readonly Match[], { names, transposed }: ResolvedInitialize) {
  const tensors = weightsOf(header).map(({ name }) => name);
  const parameters = matches.map(({ parameter }) => parameter.fullName);
  const renamed = new Set<string>();
  for (const [name, parameter] of Object.entries(names)) {
    const path = `/initialize/names/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!tensors.includes(name)) throw unknown('tensor of the source', { path, got: name }, tensors);
    if (!parameters.includes(parameter)) throw unknown('parameter', { path, got: parameter }, parameters);
    const isTwice = renamed.has(parameter) || (tensors.includes(parameter) && !Object.hasOwn(names, parameter));
    if (isTwice) throw refused({ path, code: 'ambiguous_name', message: 'another tensor is this one', got: parameter });
    renamed.add(parameter);
    const { fits, got, parameter: wanted } = matches.find((match) => match.parameter.fullName === parameter)!;
    if (fits) continue;
    const [expected, has] = [`[${wanted.shape.join(', ')}]`, `[${got!.join(', ')}]`];
    const message = `the parameter ${parameter} has another shape: expected ${expected}, got ${has}`;
    const hint = 'name matrices of [outputs, inputs] in transposed, or leave the name out to begin anew';
    throw refused({ path, code: 'other_shape', message, expected, got: has }, hint);
  }
  const matrices = weightsOf(header).filter(({ shape }) => shape.length === 2);
  checkPatterns(
    matrices.map(({ name }) => name),
    transposed,
    '/initialize/transposed',
  );
}

function checkPatterns(names: readonly string[], patterns: readonly string[], path: string): void {
  patterns.forEach((pattern, index) => {
    if (names.some((name) => matchesPattern(name, pattern))) return;
    throw unknown('name', { path: `${path}/${index}`, got: pattern }, names);
  });
}

function unknown(what: string, { path, got }: { path: string; got: string }, known: readonly string[]): Problem {
  const message = `there is no such ${what}`;
  const near = nearest(got, known);
  return refused(
    { path, code: 'unknown_name', message, expected: told(known), got },
    near && `did you mean "${near}"?`,
  );
}

const refused = (field: FieldError, hint?: string): Problem => fieldProblem('invalid_spec', field, hint);
const weightsOf = ({ entries }: SafetensorsHeader) => entries.filter(({ name }) => !isOfResume(name));
const isOf = ({ fullName }: Parameter, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => matchesPattern(fullName, pattern));
const namesOf = (parameters: readonly Parameter[]): string[] => parameters.map(({ fullName }) => fullName);
const told = (names: readonly string[]): string[] => names.slice(0, mostTold);
const described = (of: { shape: readonly number[] } & ({ fullName: string } | { name: string })): string =>
  `${'fullName' in of ? of.fullName : of.name} [${of.shape.join(', ')}]`;
