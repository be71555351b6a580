/** Seconds of training behind each reported step, as a series of its own: of the machine, not of the run, so never the same twice. */
export const clockSeries = 'run.seconds';
