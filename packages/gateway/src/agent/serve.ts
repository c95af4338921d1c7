import {
  AGENT_HTTP_STATUS,
  agentBody,
  agentFailureOfProblem,
  errorOf,
  readSignedBody,
  SUCCESS_CODE,
  SUCCESS_MESSAGE,
} from '@openvenue/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { rawBodyOf } from '../http/body.ts';
import { callRecordOf } from '../http/call-record.ts';
import { securityHeaders } from '../http/security-headers.ts';
import { failureOfFramework } from '../http/transport.ts';
import { logBug } from '../logging/call-log.ts';
import type { Venue } from '../venue.ts';
import { type AgentAnswer, type AgentRefusal, refuseAgent } from './answer.ts';
import { AgentAuthenticator } from './authenticate-agent.ts';
import type { AgentEndpoint } from './endpoint.ts';

export interface AgentServerOptions {
  readonly venue: Venue;
  readonly windowMs: number;
  /** Whether the venue is reached over TLS. */
  readonly isSecure: boolean;
}

/**
 * The way of a signed call: signature, source address, disabled, time, the agent's bucket, form, and then the command, which
 * takes the nonce. The first failure answers. Replies are flat, and refusals too come with HTTP 200.
 */
export class AgentServer {
  readonly #venue: Venue;
  readonly #agents: AgentAuthenticator;
  readonly #headers: Readonly<Record<string, string>>;

  constructor({ venue, windowMs, isSecure }: AgentServerOptions) {
    this.#venue = venue;
    this.#agents = new AgentAuthenticator({ node: venue.node, secrets: venue.agentSecrets, windowMs });
    this.#headers = securityHeaders(isSecure);
  }

  async serve(endpoint: AgentEndpoint, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    return this.#send(request, reply, await this.#answer(endpoint, request));
  }

  /** Name and version of the program, for anyone. */
  version(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { service, version, commit, date } = this.#venue.version;
    return this.#write(request, reply, { status: AGENT_HTTP_STATUS, body: { service, version, commit, date } });
  }

  /** What no endpoint has answered: a request that could not be read, or a bug of ours, whose outcome nobody knows. */
  fail(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    if (failureOfFramework(error) !== undefined) return this.#send(request, reply, refuseAgent('PARAMETER_INVALID'));
    logBug(request.log, error);
    const { code, message, httpStatus } = errorOf('INTERNAL_ERROR');
    return this.#write(request, reply, { status: httpStatus, body: { code, message } });
  }

  async #answer(endpoint: AgentEndpoint, request: FastifyRequest): Promise<AgentAnswer> {
    const { limits, clock } = this.#venue;
    const nowMs = clock.nowMs();
    // A source that has failed too often is not listened to; a success costs it nothing.
    if (!limits.lookAtAuthentication(request.ip, nowMs).allowed) return refuseAgent('TEMPORARILY_UNAVAILABLE');
    const fields = readSignedBody(rawBodyOf(request));
    const caller: AgentRefusal | ReturnType<AgentAuthenticator['authenticate']> = fields.ok
      ? this.#agents.authenticate(fields.value, { ip: request.ip, nowMs })
      : { ok: false, failure: agentFailureOfProblem(fields.problem) };
    if (!fields.ok || !caller.ok) {
      limits.takeOfAddress('authentication', request.ip, nowMs);
      return caller.ok ? refuseAgent('PARAMETER_INVALID') : caller;
    }
    const { agent, agentAuth } = caller;
    if (!limits.takeOfAgent(agent.agentId, nowMs).allowed) return refuseAgent('TEMPORARILY_UNAVAILABLE');
    const prepared = endpoint.prepare(agentBody(fields.value));
    return prepared.ok ? prepared.run(this.#venue, { agent, agentAuth }) : prepared;
  }

  #send(request: FastifyRequest, reply: FastifyReply, answer: AgentAnswer): FastifyReply {
    const body = answer.ok ? { code: SUCCESS_CODE, message: SUCCESS_MESSAGE, ...answer.fields } : answer.failure;
    return this.#write(request, reply, { status: AGENT_HTTP_STATUS, body });
  }

  #write(
    request: FastifyRequest,
    reply: FastifyReply,
    written: { readonly status: number; readonly body: Readonly<Record<string, unknown>> },
  ): FastifyReply {
    const { code } = written.body;
    if (typeof code === 'number') callRecordOf(request).code = code;
    return reply
      .code(written.status)
      .headers({ ...this.#headers, 'x-request-id': request.id })
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(written.body));
  }
}
