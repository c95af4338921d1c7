import { OpenVenueError } from './api-error.ts';

/** Why there is no reply. `malformed`: what came is not the venue's, such as the page of a proxy. */
export type NoReplyReason = 'timeout' | 'network' | 'malformed' | 'aborted';

/** What is known of a call without a reply. */
export interface UnansweredCall {
  readonly operation: string;
  readonly reason: NoReplyReason;
  /** The `X-Request-ID` it was sent with; empty when it had none. */
  readonly requestId: string;
  readonly cause: unknown;
}

/** There is no reply, and nothing can have changed: the call was a query, or it never left. It can be repeated. */
export class UnreachableError extends OpenVenueError {
  readonly operation: string;
  readonly reason: NoReplyReason;
  readonly requestId: string;

  constructor({ operation, reason, requestId, cause }: UnansweredCall) {
    super(`${operation}: the venue cannot be reached (${reason})`, { cause });
    this.name = 'UnreachableError';
    this.operation = operation;
    this.reason = reason;
    this.requestId = requestId;
  }
}

/**
 * A call that changes something was sent and its reply is lost: it may have been carried out or not. Look it up before it is
 * repeated; an order with a `clientOrderId` can be repeated as it is.
 */
export class OutcomeUnknownError extends OpenVenueError {
  readonly operation: string;
  readonly reason: NoReplyReason;
  readonly requestId: string;

  constructor({ operation, reason, requestId, cause }: UnansweredCall) {
    super(`${operation}: it is not known whether the call was carried out (${reason})`, { cause });
    this.name = 'OutcomeUnknownError';
    this.operation = operation;
    this.reason = reason;
    this.requestId = requestId;
  }
}

/** The codes of connections that were never made, as Node names them; browsers tell nothing. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);
/** Causes of causes that are looked at. */
const CAUSE_DEPTH_MAX = 4;

/** Whether an error of `fetch` says for certain that nothing was sent. */
export function neverSent(error: unknown): boolean {
  let cause = error;
  for (let depth = 0; depth < CAUSE_DEPTH_MAX && cause instanceof Error; depth += 1) {
    if ('code' in cause && typeof cause.code === 'string' && NEVER_SENT.has(cause.code)) return true;
    cause = cause.cause;
  }
  return false;
}
