/** POST /v1/jobs/{id}/verify: a part of the run is trained again. */
import { Type } from '#typebox';
import { Id } from '../schemas/common.js';
import { Verification } from '../schemas/run.js';
import type { Services } from '../services/index.js';
import type { App } from './app.js';
import { json, jsonBodyProblems, responses } from './responses.js';

export function verificationRoutes(app: App, { verifications }: Services): void {
  app.route({
    method: 'POST',
    url: '/v1/jobs/:id/verify',
    schema: {
      operationId: 'verifyJob',
      summary: 'Verify a job',
      description:
        'Trains again from the last checkpoint but one, or the start, to the last one, beside the API, and compares the ' +
        'bytes. That takes the kernels which the job was trained with, and at most 20,000 steps and a minute.',
      tags: ['runs'],
      params: Type.Object({ id: Id('job') }),
      response: responses(
        { 200: json(Verification, 'What came of it') },
        ...(['not_found', 'unverifiable', ...jsonBodyProblems] as const),
      ),
    },
    handler: async ({ tenantId, params: { id } }): Promise<Verification> => verifications.verify({ tenantId, id }),
  });
}
