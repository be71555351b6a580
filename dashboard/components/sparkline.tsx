/** A curve in the size of a word: its shape, without axes. */

const [width, height] = [96, 24];

export function Sparkline({ values, label }: { values: number[]; label: string }) {
  const finite = values.filter(Number.isFinite);
  if (finite.length < 2) return <span class="muted">—</span>;
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const span = high - low || 1;
  const x = (i: number) => (1 + (i / (values.length - 1)) * (width - 2)).toFixed(1);
  const y = (value: number) => (1 + ((high - value) / span) * (height - 2)).toFixed(1);
  const points = values.flatMap((value, i) => (Number.isFinite(value) ? [`${x(i)},${y(value)}`] : []));
  return (
    <svg class="sparkline" width={width} height={height} role="img" aria-label={label}>
      <polyline points={points.join(' ')} />
    </svg>
  );
}
