import { errorOf, SUCCESS_CODE, SUCCESS_MESSAGE } from '@openvenue/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer, Failure } from '../failure.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import type { LimitState } from '../limits/token-buckets.ts';
import type { Clock } from '../options.ts';
import { callRecordOf } from './call-record.ts';
import type { IncomingCall } from './incoming-call.ts';
import { securityHeaders } from './security-headers.ts';

export interface ReplierOptions {
  readonly limits: RateLimits;
  readonly clock: Clock;
  /** Whether the venue is reached over TLS. */
  readonly isSecure: boolean;
}

/** Of whom the reply tells: the name of the request, where it came from, what is known of it. */
type Replied = Pick<IncomingCall, 'id' | 'ip' | 'record'>;

/** A reply that is ready to be written. */
export interface WrittenReply {
  readonly status: number;
  /** Names and values in turn, without the length. */
  readonly headers: readonly string[];
  readonly body: string;
}

/** Writes every reply of the API: envelope, status and the headers that all replies carry. */
export class Replier {
  readonly #options: ReplierOptions;
  readonly #headers: readonly string[];

  constructor(options: ReplierOptions) {
    this.#options = options;
    this.#headers = [
      ...Object.entries(securityHeaders(options.isSecure)).flat(),
      'content-type',
      'application/json; charset=utf-8',
    ];
  }

  send(request: FastifyRequest, reply: FastifyReply, answer: Answer<unknown>): FastifyReply {
    const { status, headers, body } = this.write(
      { id: request.id, ip: request.ip, record: callRecordOf(request) },
      answer,
    );
    for (let i = 0; i < headers.length; i += 2) void reply.header(headers[i] ?? '', headers[i + 1]);
    return reply.code(status).send(body);
  }

  /** Notes the code in the record. */
  write(call: Replied, answer: Answer<unknown>): WrittenReply {
    const { envelope, status } = answer.ok
      ? {
          envelope: { code: SUCCESS_CODE, message: SUCCESS_MESSAGE, data: answer.data, requestId: call.id },
          status: 200,
        }
      : failureOf(answer, call.id);
    call.record.code = envelope.code;
    return { status, headers: this.#headersOf(call), body: JSON.stringify(envelope) };
  }

  #headersOf({ id, ip, record }: Replied): readonly string[] {
    const { limits, clock } = this.#options;
    // What fails before a bucket was asked, an unknown path or a broken body, counts as a public call.
    const limit = record.limit ?? { ...limits.takeOfAddress('public', ip, clock.nowMs()), allowed: true };
    const headers = [...this.#headers, ...headersOfCall(id, limit)];
    if (!limit.allowed) headers.push('retry-after', String(limit.retryAfterSeconds));
    return headers;
  }
}

/** What every reply says of its own call. Names and values in turn. */
export const headersOfCall = (id: string, limit: LimitState): readonly string[] => [
  'x-request-id',
  id,
  'x-ratelimit-limit',
  String(limit.limit),
  'x-ratelimit-remaining',
  String(limit.remaining),
  'x-ratelimit-reset',
  String(limit.resetSeconds),
];

function failureOf(failure: Failure, requestId: string) {
  const { code, message, httpStatus } = errorOf(failure.error);
  const { details } = failure;
  const envelope = { code, message: failure.message ?? message, requestId, ...(details && { details }) };
  return { envelope, status: failure.httpStatus ?? httpStatus };
}
