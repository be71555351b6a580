/**
 * The preparation of columns as ONNX nodes, to the same bits as encode.ts: an input a column, float64 [rows, 1] with NaN for
 * what is missing (numbers; booleans as 0 and 1; dates as epoch milliseconds) or string [rows, 1] (categories, without
 * white space around them). Where training dropped rows without a value, such a row's inputs are NaN.
 */
import { DataError } from '../../data/errors.js';
import type { Feature } from '../../data/features/index.js';
import type { ColumnsPreparation } from '../../data/prepare.js';
import { missingMarkers } from '../../data/values.js';
import { lookups, type OnnxGraph, type Value } from './graph.js';

type Type = Feature['type'];
type FeatureOf<Name> = Extract<Feature, { type: Name }>;

/** What is made of a column. */
interface Written {
  /** float [rows, width] */
  inputs: Value;
  /** bool [rows, 1] */
  missing: Value;
}

const writers: { readonly [Name in Type]: (graph: OnnxGraph, feature: FeatureOf<Name>, x: Value) => Written } = {
  number(graph, { bounds, fill, scale }, x) {
    const held = bounds === null ? x : graph.node('Clip', [x, graph.double(bounds[0]), graph.double(bounds[1])]);
    const { filled, missing } = filledIn(graph, held, fill);
    return { inputs: scaled(graph, filled, scale), missing };
  },
  boolean(graph, { fill }, x) {
    const { filled, missing } = filledIn(graph, x, fill);
    return { inputs: graph.cast(filled, 'float'), missing };
  },
  date(graph, { name, fill, encoding }, x) {
    if (encoding.type !== 'timestamp') throw inexpressible(name, encoding.type);
    const { filled, missing } = filledIn(graph, x, fill);
    return { inputs: scaled(graph, filled, encoding.scale), missing };
  },
  category(graph, feature, x) {
    const { fill } = feature;
    const place = placeOf(graph, feature, x);
    const missing = graph.node('Equal', [place, graph.int(absent)]);
    const known = fill === null ? place : graph.node('Where', [missing, graph.int(fill), place]);
    const inputs = encoded(graph, feature, known);
    const refused = fill === null ? graph.node('Where', [missing, graph.float(Number.NaN), inputs]) : inputs;
    return { inputs: refused, missing };
  },
};

/** float [rows, inputs] of the model, from an input a column. Throws `inexpressible` naming the column that ONNX cannot prepare. */
export function writeColumns(graph: OnnxGraph, { features }: ColumnsPreparation): Value {
  const columns = features.map(({ name, type }) =>
    graph.input(name, type === 'category' ? 'string' : 'double', ['rows', 1]),
  );
  const blocks = features.flatMap((feature, index) => {
    const write = writers[feature.type] as (graph: OnnxGraph, feature: Feature, x: Value) => Written;
    const { inputs, missing } = write(graph, feature, columns[index]!);
    return feature.indicator ? [inputs, graph.cast(missing, 'float')] : [inputs];
  });
  return graph.node('Concat', blocks, { axis: { i: 1 } });
}

function filledIn(graph: OnnxGraph, x: Value, fill: number | null): { filled: Value; missing: Value } {
  const missing = graph.node('IsNaN', [x]);
  return { filled: fill === null ? x : graph.node('Where', [missing, graph.double(fill), x]), missing };
}

/** (x − centre) / width in float64, as encode.ts has it, and then float. */
function scaled(graph: OnnxGraph, x: Value, { centre, width }: { centre: number; width: number }): Value {
  const centred = graph.node('Sub', [x, graph.double(centre)]);
  return graph.cast(graph.node('Div', [centred, graph.double(width)]), 'float');
}

/** Place of a missing category: below −1, which is that of one that training never saw. */
const absent = -2;

/** int64 [rows, 1]: the place of each value. */
function placeOf(graph: OnnxGraph, { values, others }: FeatureOf<'category'>, x: Value): Value {
  const markers = [...missingMarkers].flatMap(casings);
  return graph.node(
    'LabelEncoder',
    [x],
    {
      keys_strings: { strings: [...values, ...markers] },
      values_int64s: { ints: [...values.keys(), ...markers.map(() => absent)] },
      default_int64: { i: others },
    },
    lookups.domain,
  );
}

/** A text in every mixture of upper and lower case: there is no operator that ignores it. */
function casings(text: string): string[] {
  return [...text].reduce(
    (begun, letter) => {
      const forms = new Set([letter.toLowerCase(), letter.toUpperCase()]);
      return begun.flatMap((start) => [...forms].map((form) => start + form));
    },
    [''],
  );
}

/** float [rows, width] from int64 [rows, 1]. */
function encoded(graph: OnnxGraph, { values, others, encoding }: FeatureOf<'category'>, place: Value): Value {
  switch (encoding.type) {
    case 'oneHot':
      return oneHot(graph, place, values.length + Number(others >= 0));
    case 'ordinal':
      return scaled(graph, graph.cast(place, 'double'), encoding.scale);
    case 'embedding': {
      const code = graph.node('Mod', [graph.node('Add', [place, graph.int(1)]), graph.int(values.length + 1)]);
      return graph.cast(code, 'float');
    }
    default:
      throw new Error(`encoding ${encoding satisfies never}`);
  }
}

/** 1 at the place, and nowhere for −1. */
function oneHot(graph: OnnxGraph, place: Value, width: number): Value {
  const places = graph.ints(
    Array.from({ length: width }, (_, index) => index),
    [1, width],
  );
  return graph.cast(graph.node('Equal', [place, places]), 'float');
}

function inexpressible(column: string, got: string): DataError {
  const expected = 'a preparation that ONNX has operators for';
  return new DataError('inexpressible', `column "${column}": expected ${expected}, got dates as ${got}`, {
    ...{ path: '/query/preparation', column, expected, got },
    hint: 'export with preparation=false: the model then takes the prepared inputs as one float matrix',
  });
}
