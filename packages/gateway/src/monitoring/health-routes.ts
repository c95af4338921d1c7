import type { FastifyInstance } from 'fastify';

/** Load balancers ask with either. */
const METHODS = ['GET', 'HEAD'];

/** Serves `/healthz`: the process answers; and `/readyz`: it takes orders, else 503. */
export function addHealth(app: FastifyInstance, isReady: () => boolean): void {
  app.route({ method: METHODS, url: '/healthz', handler: async () => ({ status: 'ok' }) });
  app.route({
    method: METHODS,
    url: '/readyz',
    handler: async (_request, reply) => {
      const ready = isReady();
      return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'starting' });
    },
  });
}
