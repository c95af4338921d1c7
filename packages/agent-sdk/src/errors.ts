/** Where an answer (or its absence) came from. */
export interface CallPlace {
  /** Path of the call, such as `/v1/agent/transfer`. */
  readonly path: string;
  /** The venue's `X-Request-ID`, `''` when no answer came. Name it when you ask the venue's operator. */
  readonly requestId: string;
}

/** What every error of the client has in common. Wrong arguments are not of this family: they are `TypeError` and `RangeError`. */
export class AgentError extends Error {
  override readonly name: string = 'AgentError';
  readonly path: string;
  readonly requestId: string;

  constructor(message: string, place: CallPlace, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.path = place.path;
    this.requestId = place.requestId;
  }
}

/** The venue answered with a code: nothing happened. */
export class RefusedError extends AgentError {
  override readonly name = 'RefusedError';
  /** One of `AGENT_CODES`. */
  readonly code: number;
  /** The venue's own words. */
  readonly reason: string;

  constructor(refusal: { readonly code: number; readonly message: string }, place: CallPlace) {
    super(`${place.path} refused with ${refusal.code}: ${refusal.message}`, place);
    this.code = refusal.code;
    this.reason = refusal.message;
  }
}

/**
 * A call that moves money has no known outcome after all attempts: it may have happened, may still happen, or may not. Keep the order
 * as pending; later make the same call again with the same number, which is safe for good, or ask with `queryOrder`. Never use a new number.
 */
export class OutcomeUnknownError extends AgentError {
  override readonly name = 'OutcomeUnknownError';
  /** The partner's number of the call whose outcome is unknown. */
  readonly orderNo: string;

  constructor(orderNo: string, place: CallPlace, cause: unknown) {
    super(`${place.path}: the outcome of ${orderNo} is not known`, place, cause);
    this.orderNo = orderNo;
  }
}

/** No usable answer to a call that moves no money, after all attempts. It can be made again. */
export class UnavailableError extends AgentError {
  override readonly name = 'UnavailableError';

  constructor(place: CallPlace, cause: unknown) {
    super(`${place.path}: the venue gave no usable answer`, place, cause);
  }
}

/**
 * The venue accepted the call, but a field of its answer is missing or malformed. After a call that moves money, ask with `queryOrder`
 * before you assume anything.
 */
export class ProtocolError extends AgentError {
  override readonly name = 'ProtocolError';
}

/** An order was still `PROCESSING` when the time to wait for it was over. It is pending: neither done nor failed. */
export class StillProcessingError extends AgentError {
  override readonly name = 'StillProcessingError';
  readonly orderNo: string;

  constructor(orderNo: string, place: CallPlace) {
    super(`order ${orderNo} is still PROCESSING`, place);
    this.orderNo = orderNo;
  }
}
