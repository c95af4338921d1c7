import { AGENT_PATH_PREFIX, AGENT_SIGNING_WINDOW_S, AGENT_VERSION_PATH } from '@openvenue/contract';
import { MAX_NONCE_LIFE_MS } from '@openvenue/core';
import type { FastifyInstance } from 'fastify';
import type { GatewayConfig } from '../options.ts';
import type { Venue } from '../venue.ts';
import { agentEndpoints } from './endpoints.ts';
import { AgentServer } from './serve.ts';

/** A call may be signed this far ahead, and its nonce is then remembered as long again. */
const WINDOW_MAX_MS = MAX_NONCE_LIFE_MS / 2 - 1_000;

/** Serves the Agent API, each path also under its prefix. @throws RangeError for a window that the core cannot remember */
export function addAgentRoutes(app: FastifyInstance, venue: Venue, config: GatewayConfig): void {
  const windowMs = config.agentWindowMs ?? AGENT_SIGNING_WINDOW_S * 1_000;
  if (!(windowMs >= 1_000 && windowMs <= WINDOW_MAX_MS)) throw new RangeError(`no window of ${windowMs} ms for agents`);
  const server = new AgentServer({ venue, windowMs, isSecure: config.secureCookies });
  const errorHandler: Parameters<FastifyInstance['setErrorHandler']>[0] = (error, request, reply) =>
    server.fail(error, request, reply);
  for (const prefix of ['', AGENT_PATH_PREFIX]) {
    app.get(prefix + AGENT_VERSION_PATH, (request, reply) => server.version(request, reply));
    for (const endpoint of Object.values(agentEndpoints)) {
      app.route({
        method: endpoint.call.method,
        url: prefix + endpoint.call.path,
        errorHandler,
        handler: (request, reply) => server.serve(endpoint, request, reply),
      });
    }
  }
}
