import {
  type ErrorDetails,
  parseJsonBody,
  problemOf,
  TRANSPORT_FAILURES,
  type TransportFailure,
  withValue,
} from '@openvenue/contract';
import type { FastifyRequest } from 'fastify';
import { type Failure, fail } from '../failure.ts';
import { callRecordOf } from './call-record.ts';

const NOTHING = Buffer.alloc(0);
const JSON_TYPE = /^application\/(?:[a-z0-9!#$&^_.+-]+\+)?json[ \t]*(?:;|$)/i;

/** The failure of a request that no route has seen yet. */
export const failTransport = ({ httpStatus, message }: TransportFailure, details?: ErrorDetails): Failure =>
  fail('PARAMETER_INVALID', { message, httpStatus, ...(details === undefined ? {} : { details }) });

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
  if (!JSON_TYPE.test(contentType)) return failTransport(TRANSPORT_FAILURES.notJson, notJsonDetails(contentType));
  const parsed = parseJsonBody(bytes);
  if (parsed.ok) return parsed;
  const { field, rule } = parsed.problem;
  return failTransport(TRANSPORT_FAILURES.unparsableBody, { field, rule });
}

function notJsonDetails(contentType: string): ErrorDetails {
  const problem = problemOf(2002, 'Content-Type', 'application/json');
  const { field, rule, value } = contentType === '' ? problem : withValue(problem, contentType);
  return value === undefined ? { field, rule } : { field, value, rule };
}
