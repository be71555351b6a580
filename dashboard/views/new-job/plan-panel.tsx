/** What the job would cost. */
import type { Plan } from '../../../src/schemas/job.js';
import { bytes, duration, number } from '../../lib/format.js';

export function PlanPanel({ plan }: { plan: Plan | undefined }) {
  if (!plan) return <p class="muted">Once the description is complete, this says what the job costs.</p>;
  const { parameters, peakBytes, totalSteps, estimatedSeconds, flopsPerStep, layers } = plan;
  const facts = [
    ['Parameters', number(parameters)],
    ['Memory at its peak', bytes(peakBytes)],
    ['Steps', number(totalSteps)],
    ['FLOPs a step', number(flopsPerStep)],
    ['Time', estimatedSeconds === null ? 'unknown until a consumer has been measured' : duration(estimatedSeconds)],
  ];
  return (
    <>
      <h2>Plan</h2>
      <dl class="facts numeric">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <details>
        <summary>{layers.length} layers</summary>
        <ol class="small numeric">
          {layers.map(({ name, type, outputShape, parameters: own }) => (
            <li key={name}>
              {name} ({type}) → {outputShape.join(' × ')}, {number(own)} parameters
            </li>
          ))}
        </ol>
      </details>
    </>
  );
}
