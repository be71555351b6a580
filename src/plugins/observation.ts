/**
 * GET /metrics, in Prometheus' text format: of this process its requests, memory and event loop; of the service, from its rows,
 * jobs by state, the queue's depth and age, the rate of training, utilisation and how long checkpoints take.
 */
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { Type } from '#typebox';
import { responses } from '../routes/responses.js';
import type { Services } from '../services/index.js';

/** Seconds; a status poll takes 1 to 5 ms. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60];

export default fp<{ health: Services['health'] }>(async (app, { health }) => {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const registers = [register];
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Seconds to the end of the answer, by route',
    labelNames: ['method', 'route', 'status'],
    ...{ buckets, registers },
  });
  const gauge = <Label extends string = never>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name: `trainyard_${name}`, help, labelNames, registers });
  const jobs = gauge('jobs', 'Open jobs by state; those that are queued are the depth of the queue', ['state']);
  const oldest = gauge('queue_age_seconds', 'How long the job that has waited longest has waited');
  const rate = gauge('steps_per_second', 'Updates a second of all runs together');
  const consumers = gauge('consumers', 'Consumers that have been heard of within their lease');
  const utilisation = gauge(
    'utilisation',
    'Runs under way, as a share of the cores of the consumers’ machines; consumers of one machine count its cores each',
  );
  const checkpoints = gauge('checkpoint_seconds', 'To store one, over the last five minutes', ['quantile']);

  app.addHook('onResponse', async ({ method, routeOptions }: FastifyRequest, { statusCode, elapsedTime }) => {
    const route = routeOptions.url ?? 'none'; // never the path that came: it has no end of values
    requests.observe({ method, route, status: statusCode }, elapsedTime / 1000);
  });

  app.after(() =>
    app.route({
      method: 'GET',
      url: '/metrics',
      config: { scope: 'admin' },
      schema: {
        operationId: 'getServiceMetrics',
        summary: 'What to observe of the service',
        description:
          'Prometheus’ text format: requests of this process; jobs, queue, consumers and checkpoints of all.',
        tags: ['service'],
        response: responses({
          200: { description: 'Metrics', content: { 'text/plain': { schema: Type.String() } } },
        }),
      },
      handler: async (_request, reply) => {
        const seen = await health.observe();
        for (const [state, count] of Object.entries(seen.jobs)) jobs.set({ state }, count);
        oldest.set(seen.oldestQueuedSeconds);
        rate.set(seen.stepsPerSecond);
        consumers.set(seen.consumers);
        const { queued: _, ...held } = seen.jobs;
        const runs = Object.values(held).reduce((sum, count) => sum + count, 0);
        utilisation.set(seen.cores === 0 ? 0 : runs / seen.cores);
        checkpoints.set({ quantile: '0.5' }, seen.checkpointSeconds.median);
        checkpoints.set({ quantile: '0.99' }, seen.checkpointSeconds.p99);
        return reply.type(register.contentType).send(await register.metrics());
      },
    }),
  );
});
