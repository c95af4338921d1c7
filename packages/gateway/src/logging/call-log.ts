import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { callRecordOf } from '../http/call-record.ts';

/** Everything that the log says of a request: no headers, no bodies, no query strings. */
export interface CallLine {
  readonly requestId: string;
  readonly method: string;
  /** The route's pattern, empty for an unknown path: a path itself may carry what a client mistyped. */
  readonly route: string;
  readonly status: number;
  /** Code of the envelope, 0 for success, -1 for a reply without one. */
  readonly code: number;
  readonly durationMs: number;
  /** External id; empty for anyone. */
  readonly userId: string;
}

const NO_CODE = -1;

/** Logs one line for each reply, and hands it to whoever measures. */
export function logCalls(app: FastifyInstance, onAnswered?: (line: CallLine) => void): void {
  app.addHook('onResponse', async (request, reply) => {
    const { code = NO_CODE, externalUserId = '' } = callRecordOf(request);
    const line: CallLine = {
      requestId: request.id,
      method: request.method,
      route: request.is404 ? '' : (request.routeOptions.url ?? ''),
      status: reply.statusCode,
      code,
      durationMs: Math.round(reply.elapsedTime * 1_000) / 1_000,
      userId: externalUserId,
    };
    // A request's own logger names it already.
    const { requestId: _named, ...fields } = line;
    request.log.info(fields, 'call');
    onAnswered?.(line);
  });
}

/**
 * Logs a bug: its kind and where it happened. A message can carry input and so secrets; it is left out. A logger that is not a request's
 * own is told the request's id.
 */
export function logBug(
  log: Pick<FastifyBaseLogger, 'error'>,
  error: unknown,
  call: { readonly requestId?: string } = {},
): void {
  const isError = error instanceof Error;
  const stack = isError ? (error.stack ?? '') : '';
  const frames = stack.split('\n').filter((line) => line.startsWith('    at '));
  log.error({ ...call, error: isError ? error.name : typeof error, frames }, 'unexpected failure');
}
