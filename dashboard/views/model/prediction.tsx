/** What a model says of a row. */
import type { Static } from '#typebox';
import type { Prediction } from '../../../src/schemas/run.js';
import { shown } from '../../lib/format.js';

const mostClasses = 20;

export function PredictionView({ prediction }: { prediction: Static<typeof Prediction> }) {
  const { class: name, probabilities = {}, value } = prediction;
  const likeliest = Object.entries(probabilities)
    .map(([each, share]) => [each, Number(share)] as const)
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostClasses);
  return (
    <div class="prediction">
      <p>
        <strong>{name ?? shown(value)}</strong>
      </p>
      <dl class="facts numeric">
        {likeliest.map(([each, share]) => (
          <div key={each}>
            <dt>{each}</dt>
            <dd>
              <progress max={1} value={share} aria-label={`Probability of ${each}`} /> {(share * 100).toFixed(1)} %
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
