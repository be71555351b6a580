/** The curves of a run, one chart a metric, and how they are drawn. */
import { useMemo, useState } from 'preact/hooks';
import { Chart, type Mark } from '../../components/chart.js';
import { Section } from '../../components/section.js';
import { type CurveSettings, chartedMetrics, curvesOf, firstNonFinite } from '../../lib/curves';
import { type SeriesByName, secondsAt } from '../../lib/series';

/** A mark on the curves of one metric, by step. */
export interface StepMark extends Omit<Mark, 'x'> {
  metric: string;
  step: number;
}

export interface CurvesProps {
  series: SeriesByName;
  marks: StepMark[];
}

export function Curves({ series, marks }: CurvesProps) {
  const [settings, setSettings] = useState<CurveSettings>({ log: false, smoothing: 0, by: 'step' });
  const clock = series.get('run.seconds');
  const place = (step: number) => (settings.by === 'time' && clock ? secondsAt(clock, [step])[0]! : step);
  const charts = useMemo(
    () => chartedMetrics(series).map((metric) => ({ metric, curves: curvesOf(series, metric, settings) })),
    [series, settings],
  );
  const marksOf = (metric: string): Mark[] => {
    const broken = firstNonFinite(series, metric);
    const own = marks.filter((mark) => mark.metric === metric);
    const all = broken === null ? own : [...own, { metric, step: broken, label: 'not finite', tone: 'bad' as const }];
    return all.map(({ step, label, tone }) => ({ x: place(step), label, tone }));
  };
  return (
    <Section
      title="Curves"
      aside={<Settings settings={settings} change={setSettings} hasClock={clock !== undefined} />}
    >
      {!charts.length && <p class="empty">The first values come with the first steps.</p>}
      <div class="charts">
        {charts.map(({ metric, curves }) => (
          <Chart
            key={metric}
            title={metric}
            curves={curves}
            log={settings.log}
            seconds={settings.by === 'time' && clock !== undefined}
            marks={marksOf(metric)}
          />
        ))}
      </div>
    </Section>
  );
}

interface SettingsProps {
  settings: CurveSettings;
  change(settings: CurveSettings): void;
  hasClock: boolean;
}

function Settings({ settings, change, hasClock }: SettingsProps) {
  return (
    <div class="settings">
      <label class="inline">
        <input
          type="checkbox"
          checked={settings.log}
          onChange={(event) => change({ ...settings, log: event.currentTarget.checked })}
        />{' '}
        log scale
      </label>
      <label class="inline">
        smoothing{' '}
        <input
          type="range"
          min={0}
          max={0.98}
          step={0.02}
          value={settings.smoothing}
          onInput={(event) => change({ ...settings, smoothing: Number(event.currentTarget.value) })}
        />
      </label>
      <label class="inline">
        over{' '}
        <select
          value={settings.by}
          disabled={!hasClock}
          onChange={(event) => change({ ...settings, by: event.currentTarget.value as CurveSettings['by'] })}
        >
          <option value="step">steps</option>
          <option value="time">seconds</option>
        </select>
      </label>
    </div>
  );
}
