/** Curves over one axis, drawn by uPlot: dragged or typed to zoom, with the values under the pointer in the legend. */
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import { styleValue, useDark } from '../hooks/use-dark.js';
import type { Curve } from '../lib/curves.js';
import { duration, number } from '../lib/format.js';

/** A place on the axis that something is known of. */
export interface Mark {
  x: number;
  label: string;
  tone: 'bad' | 'warn' | 'quiet';
}

export interface ChartProps {
  title: string;
  curves: Curve[];
  log: boolean;
  /** Whether the axis is of seconds, or of steps. */
  seconds: boolean;
  marks: Mark[];
}

const height = 220;

export function Chart({ title, curves, log, seconds, marks }: ChartProps) {
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>();
  const marksNow = useRef(marks);
  marksNow.current = marks;
  const [at, setAt] = useState<number | null>(null);
  const [zoomed, setZoomed] = useState(false);
  const dark = useDark();
  const names = curves.map(({ name }) => name).join();
  const data = useMemo(() => alignedData(curves), [curves]);
  const places = marks.map(({ x, label }) => `${x} ${label}`).join();

  // Made again where what is drawn changes in kind, before the next key could zoom the old one; data alone are set below.
  useLayoutEffect(() => {
    const element = holder.current!;
    const made = new uPlot(
      optionsOf({
        curves,
        log,
        seconds,
        marks: marksNow,
        onCursor: setAt,
        onZoom: setZoomed,
        width: widthOf(element),
      }),
      data,
      element,
    );
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: widthOf(element), height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
    };
  }, [names, log, seconds, dark]);

  useLayoutEffect(() => {
    plot.current?.setData(data, !zoomed);
  }, [data, places, zoomed]);

  const zoom = (change: (min: number, max: number) => [number, number]) => {
    const { min, max } = plot.current!.scales['x']!;
    if (min === undefined || max === undefined) return;
    const [from, to] = change(min, max);
    const [first, last] = [data[0][0]!, data[0].at(-1)!];
    plot.current!.setScale('x', { min: Math.max(first, from), max: Math.min(last, to) });
  };
  const reset = () => {
    setZoomed(false);
    plot.current!.setData(data, true);
  };
  const keys: Record<string, () => void> = {
    '+': () => zoom((min, max) => [min + (max - min) / 4, max - (max - min) / 4]),
    '-': () => zoom((min, max) => [min - (max - min) / 2, max + (max - min) / 2]),
    ArrowLeft: () => zoom((min, max) => [min - (max - min) / 4, max - (max - min) / 4]),
    ArrowRight: () => zoom((min, max) => [min + (max - min) / 4, max + (max - min) / 4]),
    '0': reset,
  };

  return (
    <figure class="chart">
      <figcaption>
        <strong>{title}</strong>
        <Legend curves={curves} x={at === null ? null : (data[0][at] ?? null)} seconds={seconds} />
        {zoomed && (
          <button type="button" class="plain" onClick={reset}>
            Show all
          </button>
        )}
      </figcaption>
      <div
        ref={holder}
        role="img"
        tabIndex={0}
        aria-label={`${title}: ${curves
          .filter(({ faint }) => !faint)
          .map(inWords)
          .join('; ')}. Keys + and − zoom, arrows move, 0 shows all.`}
        onKeyDown={(event) => {
          const action = keys[event.key];
          if (!action) return;
          event.preventDefault();
          action();
        }}
      />
    </figure>
  );
}

const widthOf = (element: HTMLElement): number => Math.max(200, element.clientWidth);

/** One row of x for all curves, with gaps where one has no point. */
function alignedData(curves: readonly Curve[]): uPlot.AlignedData {
  if (!curves.length) return [[]];
  return uPlot.join(curves.map(({ x, y }) => [x, y]));
}

function inWords({ name, y }: Curve): string {
  const values = y.filter((value) => value !== null);
  const [first, last] = [values[0], values.at(-1)];
  return first === undefined || last === undefined
    ? `${name} has no value`
    : `${name} from ${number(first)} to ${number(last)}`;
}

/** What each curve is, and its value at `x`, or its last. */
function Legend({ curves, x, seconds }: { curves: Curve[]; x: number | null; seconds: boolean }) {
  return (
    <span class="legend">
      {curves
        .filter(({ faint }) => !faint)
        .map(({ name, colour, x: xs, y }) => {
          const i = x === null ? y.findLastIndex((value) => value !== null) : xs.findLastIndex((place) => place <= x);
          const value = y[i] ?? null;
          return (
            <span key={name}>
              <span class={`swatch ${colour.slice(2)}`} aria-hidden="true" /> {name}{' '}
              <b>{value === null ? '—' : number(value)}</b>
            </span>
          );
        })}
      {x !== null && <span class="muted">{seconds ? duration(x) : `step ${number(x)}`}</span>}
    </span>
  );
}

interface OptionsRequest extends Pick<ChartProps, 'curves' | 'log' | 'seconds'> {
  width: number;
  marks: { current: Mark[] };
  onCursor(index: number | null): void;
  onZoom(zoomed: boolean): void;
}

function optionsOf({ curves, log, seconds, width, marks, onCursor, onZoom }: OptionsRequest): uPlot.Options {
  const axis = {
    stroke: styleValue('--muted'),
    grid: { stroke: styleValue('--line'), width: 1 },
    ticks: { show: false },
  };
  return {
    ...{ width, height },
    legend: { show: false },
    cursor: { y: false, drag: { x: true, y: false } },
    scales: { x: { time: false }, y: log ? { distr: 3 } : {} },
    axes: [
      { ...axis, size: 30, values: (_, splits) => splits.map((split) => (seconds ? duration(split) : number(split))) },
      { ...axis, size: 60, values: (_, splits) => splits.map((split) => (split === null ? '' : number(split))) },
    ],
    series: [
      {},
      ...curves.map(({ name, colour, faint, y }) => ({
        label: name,
        stroke: styleValue(colour),
        width: faint ? 1 : 1.75,
        alpha: faint ? 0.3 : 1,
        spanGaps: true,
        points: { show: y.length < 3 },
      })),
    ],
    hooks: {
      setCursor: [({ cursor }) => onCursor(cursor.idx ?? null)],
      setSelect: [() => onZoom(true)],
      setScale: [
        (plot, key) => {
          const xs = plot.data[0];
          if (key !== 'x' || !xs?.length) return; // before the first data
          const { min, max } = plot.scales['x']!;
          onZoom(min! > xs[0]! || max! < xs.at(-1)!);
        },
      ],
      draw: [(plot) => drawMarks(plot, marks.current)],
    },
  };
}

const tones = { bad: '--bad', warn: '--warn', quiet: '--muted' } as const;

/** A dashed line at each mark, with its words beside it. */
function drawMarks({ ctx, bbox, valToPos, scales }: uPlot, marks: readonly Mark[]): void {
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.font = `${11 * ratio}px system-ui, sans-serif`;
  ctx.setLineDash([4 * ratio, 3 * ratio]);
  marks.forEach(({ x, label, tone }, i) => {
    const { min, max } = scales['x']!;
    if (x < min! || x > max!) return;
    const left = valToPos(x, 'x', true);
    ctx.strokeStyle = styleValue(tones[tone]);
    ctx.fillStyle = ctx.strokeStyle;
    ctx.beginPath();
    ctx.moveTo(left, bbox.top);
    ctx.lineTo(left, bbox.top + bbox.height);
    ctx.stroke();
    const flip = left > bbox.left + bbox.width / 2;
    ctx.textAlign = flip ? 'right' : 'left';
    ctx.fillText(label, left + (flip ? -5 : 5) * ratio, bbox.top + (12 + 14 * (i % 4)) * ratio);
  });
  ctx.restore();
}
