/** The series of a job, all at first and then what is new. */
import { useEffect, useState } from 'preact/hooks';
import type { Static } from '#typebox';
import type { Metrics } from '../../src/schemas/run.js';
import { ask } from '../api.js';
import { joined, nextStep, type SeriesByName } from '../lib/series.js';

const refreshMs = 1000;
/** A series; more than a chart has pixels. */
const maxPoints = 4000;

interface Asked {
  live: boolean;
  generation: string;
}

/** Null reads nothing. Read anew whenever `generation` changes: a run that went back to a checkpoint may tell of steps again. */
export function useMetrics(jobId: string | null, { live, generation }: Asked): SeriesByName {
  const [series, setSeries] = useState<SeriesByName>(new Map());
  useEffect(() => {
    if (jobId === null) return;
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let known: SeriesByName = new Map();
    const load = async () => {
      const range = known.size ? `fromStep=${nextStep(known)}` : `maxPoints=${maxPoints}`;
      try {
        const path = `/v1/jobs/${jobId}/metrics?${range}`;
        const answer = await ask<Static<typeof Metrics>>(path, { signal: controller.signal });
        known = joined(known, answer.series);
        setSeries(known);
      } catch {
        // The job beside it is asked as often, and says what is wrong.
      }
      if (live && !controller.signal.aborted) timer = setTimeout(load, refreshMs);
    };
    void load();
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [jobId, live, generation]);
  return series;
}
