export type { AgentClient, WaitForOrderOptions } from './agent-client.ts';
export {
  type AgentClientOptions,
  createAgentClient,
  DEFAULT_MAX_ATTEMPTS,
  DEFAULT_TIMEOUT_MS,
  MAX_ATTEMPTS,
} from './client.ts';
export type { Clock } from './clock.ts';
export { AGENT_CODES } from './codes.ts';
export {
  AgentError,
  OutcomeUnknownError,
  ProtocolError,
  RefusedError,
  StillProcessingError,
  UnavailableError,
} from './errors.ts';
export type {
  PerpetualData,
  PerpetualEntityType,
  PerpetualFilter,
  PerpetualItem,
  PerpetualPage,
  PerpetualView,
} from './perpetual.ts';
export type * from './replies.ts';
export type {
  BindRequest,
  CreateEmbedTokenRequest,
  CreateEntryUrlRequest,
  EnvironmentChoice,
  ListOrdersRequest,
  QueryOrderRequest,
  QueryUserAssetsRequest,
  ReverseRequest,
  TransferAllOutRequest,
  TransferRequest,
  UserReference,
  WalletTransferRequest,
} from './requests.ts';
export { canonicalPayload, type Fields, type JsonValue, signPayload } from './signing.ts';
export {
  idempotencyKeyOf,
  type ReverseCompletedEvent,
  type TransferCompletedEvent,
  type TransferDeadEvent,
  type WebhookEvent,
  type WebhookOrder,
} from './webhook/event.ts';
export {
  createMemoryNonceStore,
  DEFAULT_NONCE_CAPACITY,
  type NonceStore,
  type NonceVerdict,
} from './webhook/nonce-store.ts';
export {
  DEFAULT_TOLERANCE_SECONDS,
  MAX_WEBHOOK_BODY_BYTES,
  MAX_WEBHOOK_SECRETS,
  signTestWebhook,
  type VerifiedWebhook,
  type VerifyWebhookOptions,
  verifyWebhook,
  type WebhookFault,
  type WebhookHeaders,
  WebhookRejectedError,
} from './webhook/verify.ts';
