/** Path of the WebSocket. */
export const WS_PATH = '/ws';

/** Why the venue closes a connection. */
export const WS_CLOSE_CODE = {
  /** Two frames in a row that are no JSON. */
  BAD_JSON: 4000,
  /** The listen key or token of the connection is not valid. */
  AUTH_REFUSED: 4001,
  /** The listen key, session or API key behind the connection has ended. */
  AUTH_ENDED: 4002,
  /** The client reads private events too slowly; it resumes by `seq`. */
  TOO_SLOW: 4008,
} as const;
export type WsCloseCode = (typeof WS_CLOSE_CODE)[keyof typeof WS_CLOSE_CODE];

/** Limits of one connection. */
export const WS_LIMITS = {
  frameMaxBytes: 65_536,
  topicsMax: 200,
  requestsPerSecond: 10,
  /** Order operations that wait for their replies; one more is refused (5003). */
  ordersInFlightMax: 256,
  badJsonInARowMax: 2,
  pingIntervalMs: 20_000,
  pongTimeoutMs: 60_000,
  tradesOnSubscribe: 50,
} as const;
