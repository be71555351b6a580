/** Signals of layers: the series `layers.<name>.<signal>`, where a layer's name may have dots itself. */
import type { Series, SeriesByName } from './series.js';

export const signals = ['gradientNorm', 'weightNorm', 'updateRatio', 'saturation', 'deadUnits'] as const;
export type Signal = (typeof signals)[number];

/** The layers that have the signal, in the order of the network. */
export function layersOf(series: SeriesByName, signal: Signal): { name: string; series: Series }[] {
  const [start, end] = ['layers.', `.${signal}`];
  return [...series]
    .filter(([name]) => name.startsWith(start) && name.endsWith(end))
    .map(([name, points]) => ({ name: name.slice(start.length, -end.length), series: points }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}
