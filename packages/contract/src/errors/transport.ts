/** A failure that happens before a route sees the request; it answers code 2002 with an HTTP status of its own. */
export interface TransportFailure {
  readonly httpStatus: 400 | 404 | 413 | 415;
  readonly code: 2002;
  readonly message: string;
}

/** Failures of the transport, by cause. */
export const TRANSPORT_FAILURES = {
  badRequest: { httpStatus: 400, code: 2002, message: 'Bad Request' },
  unknownPath: { httpStatus: 404, code: 2002, message: 'Unknown path' },
  bodyTooLarge: { httpStatus: 413, code: 2002, message: 'Body too large' },
  notJson: { httpStatus: 415, code: 2002, message: 'Body must be JSON' },
  unparsableBody: { httpStatus: 400, code: 2002, message: 'Body cannot be parsed' },
} as const satisfies Record<string, TransportFailure>;
