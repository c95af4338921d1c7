import type { FastifyRequest } from 'fastify';
import type { LimitState } from '../limits/token-buckets.ts';

/** What is known of a request beyond its bytes: for the headers of its reply and its line in the log. */
export interface CallRecord {
  /** What the body was declared as; the header itself is taken out, so that the framework does not act on it. */
  contentType?: string;
  /** What the last bucket that was asked has said; the client is told of it. */
  limit?: LimitState;
  /** Code of the reply. */
  code?: number;
  /** Who has called, once that is proved. */
  userId?: number;
  externalUserId?: string;
}

const records = new WeakMap<FastifyRequest, CallRecord>();

/** The record of a request; it goes with the request. */
export function callRecordOf(request: FastifyRequest): CallRecord {
  const known = records.get(request);
  if (known !== undefined) return known;
  const created: CallRecord = {};
  records.set(request, created);
  return created;
}
