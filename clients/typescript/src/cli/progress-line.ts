/** How a job goes, on one line: state, bar, share, epoch, step, time left. */
import type { Job } from '../wait-for.js';

const widestBar = 40;
const narrowestBar = 10;

/** Fits into `columns` where those are enough for the words. */
export function progressLine({ state, progress }: Pick<Job, 'state' | 'progress'>, columns = 80): string {
  if (!progress) return state;
  const { percent, epoch, step, totalSteps, etaSeconds } = progress;
  const left = etaSeconds === null || state !== 'running' ? '' : `, ${duration(etaSeconds)} left`;
  const words = `${percent.toFixed(0).padStart(3)} %  epoch ${epoch}, step ${step} of ${totalSteps}${left}`;
  const width = Math.min(widestBar, Math.max(narrowestBar, columns - state.length - words.length - 3));
  const done = Math.round((width * percent) / 100);
  return `${state} ${'█'.repeat(done)}${'░'.repeat(width - done)} ${words}`;
}

function duration(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${Math.round(seconds % 60)} s` : `${Math.ceil(seconds)} s`;
}
