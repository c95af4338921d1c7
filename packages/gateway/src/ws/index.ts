export { type AttachedWebSocket, attachWebSocket } from './attach.ts';
export { DEFAULT_WS_LIMITS, type WsLimits } from './limits.ts';
export type { TokenHolder, WebSocketOptions } from './options.ts';
