import { WS_CLOSE_CODE, WS_LIMITS } from '@openvenue/contract';

const { frameMaxBytes, topicsMax, requestsPerSecond, ordersInFlightMax, pingIntervalMs, pongTimeoutMs } = WS_LIMITS;

/** How a connection is opened, in words. */
export const CONNECTION =
  'Text frames of JSON. Without listenKey and token a connection is public; with one of them it is also subscribed to the channel of its user. since=<seq> first replays the events after that sequence number.';

/** What a connection may do, in words. */
export const LIMITS = `A frame may have ${frameMaxBytes} bytes, a connection ${topicsMax} topics and ${requestsPerSecond} requests a second. Order operations count on the order and cancel limits of their user instead, as the REST calls do, and ${ordersInFlightMax} of a connection may be without a reply. The venue pings every ${pingIntervalMs / 1_000} s and closes after ${pongTimeoutMs / 1_000} s without a pong.`;

/** Why the venue closes a connection, in words. */
export const CLOSE_CODES = `Close codes: ${WS_CLOSE_CODE.BAD_JSON} two frames in a row that are no JSON; ${WS_CLOSE_CODE.AUTH_REFUSED} the listenKey or token is not valid; ${WS_CLOSE_CODE.AUTH_ENDED} it has ended; ${WS_CLOSE_CODE.TOO_SLOW} the client reads private events too slowly and resumes by since.`;
