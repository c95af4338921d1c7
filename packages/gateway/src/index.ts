export { type AccessClaims, type AccessTokenOptions, AccessTokens, type VerifiedToken } from './access/access-token.ts';
export { AgentSecrets, type SealedAgentSecret } from './access/agent-secrets.ts';
export { type Authentication, SessionAuthenticator } from './access/authenticate-session.ts';
export { clientAddressOf } from './access/client-address.ts';
export { PASSWORD_COST, type PasswordCost, PasswordHasher, type PasswordHasherOptions } from './access/password.ts';
export type { KeyPrincipal, Principal, SessionPrincipal } from './access/principal.ts';
export { accessTokenVerifier, type TokenVerifierOptions } from './access/token-verifier.ts';
export type { AgentApiConfig } from './agent/config.ts';
export type { ExchangeRateTable } from './agent/rates/exchange-rates.ts';
export { buildGateway } from './gateway.ts';
export { externalId, type IdKind, internalId } from './ids.ts';
export { RATE_LIMIT_DEFAULTS, type RateLimitConfig } from './limits/rate-limits.ts';
export type { BucketLimits } from './limits/token-buckets.ts';
export { tickerView, tradeView } from './mapping/market.ts';
export { averagePrice, fillView, type Grid, orderReply, orderView } from './mapping/order.ts';
export { positionView } from './mapping/position.ts';
export { ERROR_OF_REASON } from './mapping/reject.ts';
export { symbolView } from './mapping/symbol.ts';
export { webhookView } from './mapping/transfer.ts';
export {
  ACCESS_TOKEN_TTL_MS,
  type Clock,
  EMBED_SESSION_TTL_MS,
  type GatewayConfig,
  type GatewayOptions,
  type RandomBytes,
  REFRESH_TTL_MS,
  type VersionInfo,
} from './options.ts';
export { type OrderCall, OrderEntry, orderEntryOf } from './order-entry.ts';
export type { PageFolders } from './pages/page-folders.ts';
export * from './ports.ts';
export {
  type AttachedWebSocket,
  attachWebSocket,
  DEFAULT_WS_LIMITS,
  type TokenHolder,
  type WebSocketOptions,
  type WsLimits,
} from './ws/index.ts';
