/** Counts as bars of one width. */
import { number } from '../lib/format.js';

const [width, height] = [140, 32];

export interface HistogramProps {
  label: string;
  counts: number[];
}

export function Histogram({ label, counts }: HistogramProps) {
  const most = Math.max(1, ...counts);
  const bar = width / Math.max(1, counts.length);
  return (
    <svg
      class="histogram"
      width={width}
      height={height}
      role="img"
      aria-label={`${label}; most in a bar: ${number(most)}`}
    >
      {counts.map((count, i) => {
        const size = count && Math.max(1, (count / most) * height);
        return <rect key={i} x={i * bar} y={height - size} width={Math.max(0.5, bar - 0.75)} height={size} />;
      })}
    </svg>
  );
}
