/** What the service says of itself. */
import { Type } from '#typebox';
import { StringEnum } from '../schemas/common.js';

export const Liveness = Type.Object(
  { status: StringEnum(['ok']) },
  { $id: 'Liveness', additionalProperties: false, description: 'The process answers' },
);

export const Readiness = Type.Object(
  {
    status: StringEnum(['ready', 'degraded'], {
      description: 'degraded: jobs are accepted, and start once the queue is back',
    }),
    checks: Type.Object(
      { database: StringEnum(['ok']), disk: StringEnum(['ok']), queue: StringEnum(['ok', 'unreachable']) },
      { additionalProperties: false },
    ),
  },
  { $id: 'Readiness', additionalProperties: false },
);

export const Index = Type.Object(
  {
    name: Type.String(),
    version: Type.String(),
    docs: Type.String(),
    openapi: Type.String(),
    api: Type.Array(Type.String()),
  },
  { $id: 'Index', additionalProperties: false, description: 'Where to go from here' },
);
