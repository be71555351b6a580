/** `trainyard metrics <job>`: its series in one chart; where none is named, its losses, of each fold too. */
import type { components } from '../schema.js';
import { chart } from './chart.js';
import { type Command, print } from './command.js';

const losses = /^(fold\d+\.)?(train|validation)\.loss$/;
const size = { columns: 80, rows: 24 };

export const metrics: Command = {
  operands: ['<job>'],
  async run(client, [id], { names }) {
    const { columns = size.columns, rows = size.rows } = process.stdout;
    const query = { ...(names !== undefined && { names }), maxPoints: 2 * columns };
    const { data } = await client.api.GET('/v1/jobs/{id}/metrics', { params: { path: { id: id! }, query } });
    const { series: found } = data as components['schemas']['Metrics']; // CSV only comes where it is asked for
    // NaN and the infinities come as strings, and have no place in a chart
    const wanted = names === undefined ? found.filter(({ name }) => losses.test(name)) : found;
    const series = wanted.map(({ name, steps, values }) => ({
      name,
      points: values.flatMap((value, at) => (typeof value === 'number' ? [[steps[at]!, value] as const] : [])),
    }));
    const drawn = series.filter(({ points }) => points.length > 0);
    if (drawn.length === 0) throw new Error(`${id} has no values of ${names ?? 'a loss'}`);
    print(chart(drawn, { width: columns, height: Math.max(6, Math.min(20, rows - 4)) }));
  },
};
