import { parseJsonBody, TRANSPORT_FAILURES, type TransportFailure } from '@openvenue/contract';
import type { FastifyRequest } from 'fastify';
import { type Failure, fail } from '../failure.ts';
import { callRecordOf } from './call-record.ts';

const NOTHING = Buffer.alloc(0);
const JSON_TYPE = /^application\/(?:[a-z0-9!#$&^_.+-]+\+)?json[ \t]*(?:;|$)/i;

/** The failure of a request that no route has seen yet. */
export const failTransport = ({ httpStatus, message }: TransportFailure, rule?: string): Failure =>
  fail('PARAMETER_INVALID', {
    message,
    httpStatus,
    ...(rule === undefined ? {} : { details: { field: 'body', rule } }),
  });

/**
 * Takes the declared type out of the request before the framework sees it: it would refuse a broken one even for an empty
 * body, which is an empty object whatever its type.
 */
export function hideContentType(request: FastifyRequest): void {
  const contentType = request.headers['content-type'];
  if (contentType === undefined) return;
  callRecordOf(request).contentType = contentType;
  delete request.headers['content-type'];
}

/** The bytes of the body as they came. */
export function rawBodyOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : NOTHING;
}

/** The body as JSON, or why it is none. */
export function readBody(bytes: Buffer, contentType = ''): { readonly ok: true; readonly value: unknown } | Failure {
  if (bytes.length === 0) return { ok: true, value: {} };
  if (!JSON_TYPE.test(contentType)) return failTransport(TRANSPORT_FAILURES.notJson);
  const parsed = parseJsonBody(bytes);
  if (parsed.ok) return parsed;
  return fail('PARAMETER_INVALID', {
    message: TRANSPORT_FAILURES.unparsableBody.message,
    httpStatus: TRANSPORT_FAILURES.unparsableBody.httpStatus,
    details: { field: parsed.problem.field, rule: parsed.problem.rule },
  });
}
