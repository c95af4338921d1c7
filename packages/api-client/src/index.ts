export { BearerAuth, type TokenProvider, type TokenReason } from './auth/bearer-auth.ts';
export type { ApiKeyAuth } from './auth/key-signer.ts';
export { type Clock, type Random, systemClock } from './clock.ts';
export { compareDecimals } from './decimal.ts';
export { DepthBook, type DepthVerdict } from './depth/depth-book.ts';
export { depthChecksum } from './depth/depth-checksum.ts';
export { type Grouping, groupLevels } from './depth/group-levels.ts';
export { type DepthBookOptions, type DepthStatus, LiveDepthBook, openDepthBook } from './depth/live-depth-book.ts';
export type { BookSide, PriceLevel } from './depth/price-level.ts';
export { ApiError, type ApiErrorClass, OpenVenueError, type Refusal, UnavailableError } from './errors/api-error.ts';
export * from './errors/classes.ts';
export { type NoReplyReason, OutcomeUnknownError, UnreachableError } from './errors/no-reply.ts';
export type { ApiClientOptions } from './rest/caller.ts';
export type { Call, CallOptions, Calls, EmbedCallOptions, InputOf, OutputOf } from './rest/calls.ts';
export { type ApiClient, createApiClient } from './rest/create-api-client.ts';
export { ENDPOINTS, type Endpoint } from './rest/endpoints.ts';
export type { Fetch, FetchInit, FetchReply } from './rest/http.ts';
export { type PlaceOrder, placeSafely } from './rest/place-safely.ts';
export {
  createStream,
  type Resync,
  type StateChange,
  Stream,
  type StreamOptions,
  type StreamState,
} from './stream/create-stream.ts';
export { ListenKeyAuth, type ListenKeyCalls } from './stream/listen-key-auth.ts';
export { newTradesOnly } from './stream/new-trades-only.ts';
export type { StreamOrders } from './stream/order-requests.ts';
export type { StreamAuth, StreamCredential } from './stream/stream-auth.ts';
export type { Subscription, TopicListener } from './stream/subscriptions.ts';
export { type DepthCut, type KlineData, type TopicData, type TopicName, topics } from './stream/topics.ts';
export type { ResyncReason } from './stream/user-sequence.ts';
export type { Socket, SocketClass, SocketEvent } from './stream/web-socket.ts';
