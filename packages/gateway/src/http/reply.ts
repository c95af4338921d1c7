import { errorOf, SUCCESS_CODE, SUCCESS_MESSAGE } from '@openvenue/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer, Failure } from '../failure.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import type { LimitState } from '../limits/token-buckets.ts';
import type { Clock } from '../options.ts';
import { callRecordOf } from './call-record.ts';
import { securityHeaders } from './security-headers.ts';

export interface ReplierOptions {
  readonly limits: RateLimits;
  readonly clock: Clock;
  /** Whether the venue is reached over TLS. */
  readonly isSecure: boolean;
}

/** Writes every reply of the API: envelope, status and the headers that all replies carry. */
export class Replier {
  readonly #options: ReplierOptions;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(options: ReplierOptions) {
    this.#options = options;
    this.#headers = securityHeaders(options.isSecure);
  }

  send(request: FastifyRequest, reply: FastifyReply, answer: Answer<unknown>): FastifyReply {
    if (!answer.ok) return this.#sendFailure(request, reply, answer);
    const envelope = { code: SUCCESS_CODE, message: SUCCESS_MESSAGE, data: answer.data, requestId: request.id };
    return this.#finish(request, reply, { status: 200, envelope });
  }

  /** Notes the bucket that the call counts on; the last one asked is the one the client is told of. */
  limited(request: FastifyRequest, reply: FastifyReply, state: LimitState): void {
    callRecordOf(request).isLimited = true;
    void reply.headers({
      'x-ratelimit-limit': state.limit,
      'x-ratelimit-remaining': state.remaining,
      'x-ratelimit-reset': state.resetSeconds,
    });
    if (!state.allowed) void reply.header('retry-after', state.retryAfterSeconds);
  }

  #sendFailure(request: FastifyRequest, reply: FastifyReply, failure: Failure): FastifyReply {
    const { code, message, httpStatus } = errorOf(failure.error);
    const { details } = failure;
    const envelope = { code, message: failure.message ?? message, requestId: request.id, ...(details && { details }) };
    return this.#finish(request, reply, { status: failure.httpStatus ?? httpStatus, envelope });
  }

  #finish(
    request: FastifyRequest,
    reply: FastifyReply,
    written: { readonly status: number; readonly envelope: { readonly code: number } },
  ): FastifyReply {
    const record = callRecordOf(request);
    record.code = written.envelope.code;
    // What fails before a bucket was asked, an unknown path or a broken body, counts as a public call.
    if (!record.isLimited) {
      const { limits, clock } = this.#options;
      this.limited(request, reply, { ...limits.takeOfAddress('public', request.ip, clock.nowMs()), allowed: true });
    }
    return reply
      .code(written.status)
      .headers({ ...this.#headers, 'x-request-id': request.id })
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(written.envelope));
  }
}
