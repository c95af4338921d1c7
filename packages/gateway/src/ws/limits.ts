import { WS_LIMITS } from '@openvenue/contract';

/** Bounds of the WebSocket server. Times in milliseconds, sizes in bytes. */
export interface WsLimits {
  readonly maxConnections: number;
  /** Connections of one source address (IPv6: of one /64). */
  readonly maxConnectionsPerAddress: number;
  /** Private connections of one user. */
  readonly maxConnectionsPerUser: number;
  readonly maxTopics: number;
  readonly requestsPerSecond: number;
  /** Order operations of a connection that wait for their replies. */
  readonly maxOrdersInFlight: number;
  /** More than this not yet taken by a client, and its public topics conflate and its private events wait in their log. */
  readonly slowBytes: number;
  /** More than this, and the connection is closed (4008): only who asks and doesn't read the replies gets here. */
  readonly maxBufferedBytes: number;
  /**
   * A private connection that is more events behind than this is closed (4008). The log of private events must keep more: those that
   * wait, those that were written and got lost, and those that come until the client is back.
   */
  readonly maxPrivateLag: number;
  readonly pingIntervalMs: number;
  readonly pongTimeoutMs: number;
  /** How often ends of credentials and overdue pongs are looked for. */
  readonly sweepIntervalMs: number;
  readonly tradeIntervalMs: number;
  readonly klineIntervalMs: number;
  readonly tickerIntervalMs: number;
  /** A peer that does not answer a close within this is cut off. */
  readonly closeGraceMs: number;
  /** The same for a peer whose credential has ended; with the sweep it is less than a second. */
  readonly endGraceMs: number;
}

export const DEFAULT_WS_LIMITS: WsLimits = Object.freeze({
  maxConnections: 10_000,
  maxConnectionsPerAddress: 100,
  maxConnectionsPerUser: 20,
  maxTopics: WS_LIMITS.topicsMax,
  requestsPerSecond: WS_LIMITS.requestsPerSecond,
  maxOrdersInFlight: WS_LIMITS.ordersInFlightMax,
  slowBytes: 256 * 1_024,
  maxBufferedBytes: 1_024 * 1_024,
  maxPrivateLag: 1_000,
  pingIntervalMs: WS_LIMITS.pingIntervalMs,
  pongTimeoutMs: WS_LIMITS.pongTimeoutMs,
  sweepIntervalMs: 500,
  tradeIntervalMs: 50,
  klineIntervalMs: 100,
  tickerIntervalMs: 250,
  closeGraceMs: 5_000,
  endGraceMs: 400,
});
