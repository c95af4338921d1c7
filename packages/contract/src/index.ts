export * from './agent/calls.ts';
export * from './agent/define-agent-call.ts';
export * from './agent/enums.ts';
export * from './agent/error-catalogue.ts';
export { AGENT_EVENTS_LIMIT_DEFAULT, AGENT_EVENTS_LIMIT_MAX } from './agent/events/events.ts';
export * from './agent/failure.ts';
export {
  AGENT_ORDER_NO_MAX_LENGTH,
  AGENT_USER_ID_MAX_LENGTH,
  TRANSFER_AMOUNT_PATTERN,
  TRANSFER_DECIMALS_MAX,
} from './agent/fields.ts';
export { isoTimeToMs } from './agent/iso-time.ts';
export { agentBody, agentPayload } from './agent/payload.ts';
export {
  PERPETUAL_CURSOR_LIFE_MS,
  PERPETUAL_LIMIT_DEFAULT,
  PERPETUAL_LIMIT_MAX,
} from './agent/perpetual/request-fields.ts';
export { EXCHANGE_RATE_DECIMALS, RATE_MEANING } from './agent/rates/query-exchange-rates.ts';
export { isRedirectPath, REDIRECT_PATH_DEFAULT, REDIRECT_PATH_MAX_LENGTH } from './agent/redirect-path.ts';
export { isReturnUrl, RETURN_URL_MAX_LENGTH } from './agent/return-url.ts';
export * from './agent/signed-body.ts';
export {
  AGENT_CODE_MAX_LENGTH,
  AGENT_SIGNING_WINDOW_S,
  NONCE_MAX_LENGTH,
  readSigning,
  SigningFields,
} from './agent/signing.ts';
export { REVERSE_REASON_MAX_LENGTH } from './agent/transfer/reverse.ts';
export { DISPLAY_NAME_MAX_LENGTH } from './agent/user/bind.ts';
export type { UserReference } from './agent/user-reference.ts';
export * from './agent/version.ts';
export { walletTransferOrderNo } from './agent/wallet/wallet-transfer-status.ts';
export { CHANNEL_ID_MAX_LENGTH } from './embed-channel.ts';
export * from './enums.ts';
export * from './envelope.ts';
export * from './error-details.ts';
export * from './errors/catalogue.ts';
export * from './errors/transport.ts';
export type { SchemaNode } from './first-problem.ts';
export { JSON_BODY_LIMITS, type JsonLimits, parseJsonBody } from './json/parse-json-body.ts';
export * from './problem.ts';
export * from './query.ts';
export { API_KEYS_MAX, IP_WHITELIST_MAX, PERMISSIONS_DEFAULT } from './rest/api-key/fields.ts';
export * from './rest/define-route.ts';
export { LEADERBOARD_LIMIT, LEADERBOARD_RANKED_MAX } from './rest/leaderboard/pnl.ts';
export { LISTEN_KEY_LIFE_MS } from './rest/listen-key/listen-key.ts';
export { DEPTH_LIMIT_DEFAULT } from './rest/market/depth.ts';
export { KLINES_LIMIT_DEFAULT, KLINES_LIMIT_MAX } from './rest/market/klines.ts';
export { TRADES_LIMIT_DEFAULT, TRADES_LIMIT_MAX } from './rest/market/trades.ts';
export { BATCH_CANCEL_MAX } from './rest/order/batch-cancel.ts';
export { BATCH_MOVE_MAX, moveItemValidator } from './rest/order/batch-move.ts';
export { BATCH_PLACE_MAX } from './rest/order/batch-place.ts';
export { CANCEL_AFTER_MAX_MS, CANCEL_AFTER_MIN_MS } from './rest/order/cancel-all-after.ts';
export { CURRENT_ORDERS_LIMIT_DEFAULT } from './rest/order/current.ts';
export { PLACE_TYPE_MAX_LENGTH } from './rest/order/place-body.ts';
export * from './rest/order/rules.ts';
export { readSubOrders, type StrategyBody, type SubOrderBody, type SubOrderLinks } from './rest/order/sub-order.ts';
export * from './rest/paging.ts';
export { LEVERAGE_MAX } from './rest/position/leverage.ts';
export * from './rest/routes.ts';
export { EMBED_ORIGIN_HEADER } from './rest/sign-on/exchange-embed-token.ts';
export { BALANCE_HISTORY_LIMIT_DEFAULT, BALANCE_HISTORY_LIMIT_MAX } from './rest/user/balance-history.ts';
export { FAVORITE_SYMBOLS_MAX } from './rest/user/favorite-symbols.ts';
export {
  CLIENT_ORDER_ID_MAX_LENGTH,
  DECIMAL_MAX_LENGTH,
  DECIMAL_PATTERN,
  REQUEST_ID_PATTERN,
  SIGNED_DECIMAL_PATTERN,
  TIMESTAMP_MAX_MS,
  type Unit,
} from './scalars.ts';
export type * from './types.ts';
export * from './validation.ts';
export * from './webhook/webhook-body.ts';
export * from './webhook/webhook-headers.ts';
export * from './ws/condition-event.ts';
export * from './ws/connect-query.ts';
export * from './ws/connection-event.ts';
export * from './ws/depth-checksum.ts';
export * from './ws/limits.ts';
export * from './ws/market-push.ts';
export * from './ws/reply.ts';
export * from './ws/request.ts';
export * from './ws/topic.ts';
export * from './ws/user-event.ts';
export * from './ws/user-push.ts';
