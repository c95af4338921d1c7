import type { ErrorCode, ErrorDetails } from '@openvenue/contract';

/** Every error that a client of the venue throws for the world's faults. */
export abstract class OpenVenueError extends Error {}

/** What is known of a failure that the venue has answered. */
export interface Refusal {
  readonly code: number;
  readonly message: string;
  /** What the failure says beyond its code; empty when it says no more. */
  readonly details?: ErrorDetails;
  /** Id under which the venue knows the call; empty on the WebSocket. */
  readonly requestId?: string;
  /** Wait before the next try in milliseconds, from the header `Retry-After`. */
  readonly retryAfterMs?: number;
}

/**
 * The venue has refused the call. Each code of the catalogue has a class of its own; a code that this client does not know
 * yet comes as this one. A refused call has changed nothing, but for `InternalError` (5001), after which nothing is certain.
 */
export class ApiError extends OpenVenueError {
  readonly code: number;
  readonly details: ErrorDetails;
  readonly requestId: string;

  constructor({ code, message, details = {}, requestId = '' }: Refusal) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.details = details;
    this.requestId = requestId;
  }
}

/** Wait that is assumed when a refusal names none. */
const RETRY_AFTER_DEFAULT_MS = 1_000;

/**
 * The venue cannot take the call now (5002, 5003); it can be repeated after `retryAfterMs`. It was not carried out, unless the `details`
 * of a 5002 say that its outcome is not known.
 */
export class UnavailableError extends ApiError {
  readonly retryAfterMs: number;

  constructor(refusal: Refusal) {
    super(refusal);
    this.name = 'UnavailableError';
    this.retryAfterMs = refusal.retryAfterMs ?? RETRY_AFTER_DEFAULT_MS;
  }
}

/** Class of one code. */
export interface ApiErrorClass<Code extends ErrorCode, Base extends ApiError = ApiError> {
  new (refusal: Refusal): Base & { readonly code: Code };
  readonly code: Code;
}

/** Makes the class of a code. Its name is given, because a minifier takes the names of classes away. */
export function errorClass<Code extends ErrorCode>(code: Code, name: string): ApiErrorClass<Code> {
  return class extends ApiError {
    static readonly code = code;
    declare readonly code: Code;

    constructor(refusal: Refusal) {
      super(refusal);
      this.name = name;
    }
  };
}

/** The same for a code that says to come back later. */
export function unavailableClass<Code extends ErrorCode>(
  code: Code,
  name: string,
): ApiErrorClass<Code, UnavailableError> {
  return class extends UnavailableError {
    static readonly code = code;
    declare readonly code: Code;

    constructor(refusal: Refusal) {
      super(refusal);
      this.name = name;
    }
  };
}
