/** How each layer fares over the run: gradients, weights, updates, units that say nothing. */
import { useMemo, useState } from 'preact/hooks';
import { HeatMap } from '../../components/heat-map.js';
import { Section } from '../../components/section.js';
import { layersOf, type Signal, signals } from '../../lib/layer-signals';
import type { SeriesByName } from '../../lib/series';

const words: Record<Signal, string> = {
  gradientNorm: 'Norm of the gradient',
  weightNorm: 'Norm of the weights',
  updateRatio: 'Size of an update to that of the weights',
  saturation: 'Share of saturated values',
  deadUnits: 'Share of dead units',
};

export function LayerSignals({ series }: { series: SeriesByName }) {
  const [chosen, setChosen] = useState<Signal>('gradientNorm');
  const there = signals.filter((signal) => layersOf(series, signal).length);
  const rows = useMemo(() => layersOf(series, chosen), [series, chosen]);
  if (!there.length) return null;
  return (
    <Section
      title="Layers"
      aside={
        <label class="inline">
          Signal{' '}
          <select value={chosen} onChange={(event) => setChosen(event.currentTarget.value as Signal)}>
            {there.map((signal) => (
              <option key={signal} value={signal}>
                {words[signal]}
              </option>
            ))}
          </select>
        </label>
      }
    >
      <HeatMap title={`${words[chosen]}, by layer over steps`} rows={rows} />
    </Section>
  );
}
