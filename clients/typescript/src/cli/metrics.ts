/** `trainyard metrics <job>`: its series in one chart. */
import type { components } from '../schema.js';
import { chart } from './chart.js';
import { type Command, print } from './command.js';

const size = { columns: 80, rows: 24 };

export const metrics: Command = {
  operands: ['<job>'],
  async run(client, [id], { names = 'train.loss,validation.loss' }) {
    const { columns = size.columns, rows = size.rows } = process.stdout;
    const query = { names, maxPoints: 2 * columns };
    const { data } = await client.api.GET('/v1/jobs/{id}/metrics', { params: { path: { id: id! }, query } });
    const { series: found } = data as components['schemas']['Metrics']; // CSV only comes where it is asked for
    // NaN and the infinities come as strings, and have no place in a chart
    const series = found.map(({ name, steps, values }) => ({
      name,
      points: values.flatMap((value, at) => (typeof value === 'number' ? [[steps[at]!, value] as const] : [])),
    }));
    const drawn = series.filter(({ points }) => points.length > 0);
    if (drawn.length === 0) throw new Error(`${id} has no values of ${names}`);
    print(chart(drawn, { width: columns, height: Math.max(6, Math.min(20, rows - 4)) }));
  },
};
