/** Rows of values over steps as shades, on a logarithmic scale: one row a layer. */
import { useEffect, useRef } from 'preact/hooks';
import { styleValue, useDark } from '../hooks/use-dark.js';
import { number } from '../lib/format.js';
import type { Series } from '../lib/series.js';

export interface HeatMapProps {
  title: string;
  rows: { name: string; series: Series }[];
}

const [columns, rowHeight] = [240, 18];

export function HeatMap({ title, rows }: HeatMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const dark = useDark();
  const finite = rows.flatMap(({ series }) => series.values.filter((value) => value > 0 && Number.isFinite(value)));
  const [low, high] = finite.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Infinity, 0]);

  // Drawn again in the other mode's colours
  useEffect(() => {
    const context = canvas.current!.getContext('2d')!;
    context.clearRect(0, 0, columns, rows.length * rowHeight);
    const [quiet, bad] = [styleValue('--accent'), styleValue('--bad')];
    const span = Math.log(high / low) || 1;
    rows.forEach(({ series: { values } }, row) => {
      for (let column = 0; column < columns; column++) {
        const value = values[Math.floor((column / columns) * values.length)];
        if (value === undefined) continue;
        context.fillStyle = Number.isFinite(value) ? quiet : bad;
        context.globalAlpha = !Number.isFinite(value)
          ? 1
          : value > 0
            ? 0.06 + 0.94 * (Math.log(value / low) / span)
            : 0;
        context.fillRect(column, row * rowHeight, 1, rowHeight - 1);
      }
    });
  }, [rows, dark, low, high]);

  const last = rows.map(({ name, series }) => `${name} ${number(series.values.at(-1) ?? Number.NaN)}`).join(', ');
  return (
    <figure class="heat-map">
      <figcaption>
        <strong>{title}</strong>{' '}
        <span class="small muted">
          {finite.length ? `pale ${number(low)} · deep ${number(high)}, logarithmic` : '0 throughout'}; red is not
          finite
        </span>
      </figcaption>
      <div class="heat-rows">
        <ol>
          {rows.map(({ name, series }) => (
            <li key={name}>
              <span>{name}</span> <b>{number(series.values.at(-1) ?? Number.NaN)}</b>
            </li>
          ))}
        </ol>
        <canvas
          ref={canvas}
          width={columns}
          height={rows.length * rowHeight}
          role="img"
          aria-label={`${title}, last: ${last}`}
        />
      </div>
    </figure>
  );
}
