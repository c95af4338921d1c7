import type { Static } from 'typebox';
import type { AgentAsset as AgentAssetSchema } from './agent/account/query-account.ts';
import type { FundingAsset as FundingAssetSchema } from './agent/account/query-user-assets.ts';
import type { AgentBodyOf, AgentReplyOf } from './agent/calls.ts';
import type { AgentEvent as AgentEventSchema } from './agent/events/events.ts';
import type { AgentOrderView as AgentOrderViewSchema } from './agent/transfer/list-orders.ts';
import type { Failure as FailureSchema } from './envelope.ts';
import type { ApiKeyView as ApiKeyViewSchema } from './rest/api-key/list.ts';
import type { FundingTermsView as FundingTermsViewSchema } from './rest/market/funding-rate.ts';
import type { CurrentFundingView as CurrentFundingViewSchema } from './rest/market/funding-rate-current.ts';
import type { SettledFundingView as SettledFundingViewSchema } from './rest/market/funding-rate-history.ts';
import type { KlineView as KlineViewSchema } from './rest/market/kline-view.ts';
import type {
  FeeLevel as FeeLevelSchema,
  LeverageTier as LeverageTierSchema,
  SymbolView as SymbolViewSchema,
} from './rest/market/symbols.ts';
import type { TickerView as TickerViewSchema } from './rest/market/ticker-view.ts';
import type { TradeView as TradeViewSchema } from './rest/market/trade.ts';
import type { ConditionView as ConditionViewSchema } from './rest/order/condition-view.ts';
import type {
  BatchItemResult as BatchItemResultSchema,
  BatchReply as BatchReplySchema,
  OrderReply as OrderReplySchema,
} from './rest/order/order-reply.ts';
import type { OrderView as OrderViewSchema } from './rest/order/order-view.ts';
import type { DocumentedSubOrder as DocumentedSubOrderSchema } from './rest/order/sub-order.ts';
import type { FillView as FillViewSchema } from './rest/order/trades.ts';
import type { ClosedPositionView as ClosedPositionViewSchema } from './rest/position/history.ts';
import type { PositionView as PositionViewSchema } from './rest/position/position-view.ts';
import type { BodyOf, DataOf, QueryOf } from './rest/routes.ts';
import type { AccountChangeView as AccountChangeViewSchema } from './rest/user/account-change-log.ts';

export type FailureReply = Static<typeof FailureSchema>;

export type LoginBody = BodyOf<'login'>;
export type AccessToken = DataOf<'login'>;
export type CreateApiKeyBody = BodyOf<'createApiKey'>;
export type UpdateApiKeyBody = BodyOf<'updateApiKey'>;
export type ApiKeyView = Static<typeof ApiKeyViewSchema>;
export type UserInfo = DataOf<'getUserInfo'>['userInfo'];
export type AccountChangeView = Static<typeof AccountChangeViewSchema>;
export type UserAsset = DataOf<'getUserAsset'>['userAsset'];

export type SymbolView = Static<typeof SymbolViewSchema>;
export type LeverageTier = Static<typeof LeverageTierSchema>;
export type FeeLevel = Static<typeof FeeLevelSchema>;
export type TickerView = Static<typeof TickerViewSchema>;
export type KlineView = Static<typeof KlineViewSchema>;
export type KlinesQuery = QueryOf<'getKlines'>;
export type FundingTermsView = Static<typeof FundingTermsViewSchema>;
export type CurrentFundingView = Static<typeof CurrentFundingViewSchema>;
export type SettledFundingView = Static<typeof SettledFundingViewSchema>;
export type TradeView = Static<typeof TradeViewSchema>;

export type PlaceOrderBody = BodyOf<'placeOrder'>;
export type CancelOrderBody = BodyOf<'cancelOrder'>;
export type MoveOrderBody = BodyOf<'moveOrder'>;
export type BatchCancelAllBody = BodyOf<'batchCancelAllOrders'>;
export type OrderQuery = QueryOf<'getOrder'>;
export type CurrentOrdersQuery = QueryOf<'getCurrentOrders'>;
export type OrderHistoryQuery = QueryOf<'getOrderHistory'>;
export type OrderTradesQuery = QueryOf<'getOrderTrades'>;
export type OrderView = Static<typeof OrderViewSchema>;
export type OrderReply = Static<typeof OrderReplySchema>;
export type BatchItemResult = Static<typeof BatchItemResultSchema>;
export type BatchReply = Static<typeof BatchReplySchema>;
export type FillView = Static<typeof FillViewSchema>;

export type BatchMoveBody = BodyOf<'batchMoveOrders'>;
export type CancelAllAfterBody = BodyOf<'cancelAllAfter'>;
export type PlaceConditionBody = BodyOf<'placeCondition'>;
export type CancelConditionBody = BodyOf<'cancelCondition'>;
export type ConditionHistoryQuery = QueryOf<'getConditionHistory'>;
export type ConditionReply = DataOf<'placeCondition'>;
export type ConditionView = Static<typeof ConditionViewSchema>;
export type DocumentedSubOrder = Static<typeof DocumentedSubOrderSchema>;
export type StrategyView = DataOf<'getStrategy'>;

export type OrderPreview = DataOf<'previewOrder'>;

export type SetLeverageBody = BodyOf<'setLeverage'>;
export type PositionView = Static<typeof PositionViewSchema>;
export type ClosedPositionView = Static<typeof ClosedPositionViewSchema>;
export type PositionHistoryQuery = QueryOf<'getPositionHistory'>;

export type BindBody = AgentBodyOf<'bindUser'>;
export type BindReply = AgentReplyOf<'bindUser'>;
export type TransferBody = AgentBodyOf<'transfer'>;
export type TransferReply = AgentReplyOf<'transfer'>;
export type TransferAllOutBody = AgentBodyOf<'transferAllOut'>;
export type TransferAllOutReply = AgentReplyOf<'transferAllOut'>;
export type ReverseBody = AgentBodyOf<'reverse'>;
export type ReverseReply = AgentReplyOf<'reverse'>;
export type QueryOrderBody = AgentBodyOf<'queryOrder'>;
export type QueryOrderReply = AgentReplyOf<'queryOrder'>;
export type ListOrdersBody = AgentBodyOf<'listOrders'>;
export type ListOrdersReply = AgentReplyOf<'listOrders'>;
export type AgentOrderView = Static<typeof AgentOrderViewSchema>;
export type QueryAccountBody = AgentBodyOf<'queryAccount'>;
export type QueryAccountReply = AgentReplyOf<'queryAccount'>;
export type AgentAsset = Static<typeof AgentAssetSchema>;
export type QueryUserAssetsBody = AgentBodyOf<'queryUserAssets'>;
export type QueryUserAssetsReply = AgentReplyOf<'queryUserAssets'>;
export type FundingAsset = Static<typeof FundingAssetSchema>;
export type WalletTransferBody = AgentBodyOf<'walletTransfer'>;
export type WalletTransferStatusBody = AgentBodyOf<'walletTransferStatus'>;
export type WalletTransferReply = AgentReplyOf<'walletTransfer'>;
export type SetCredentialsBody = AgentBodyOf<'setCredentials'>;
export type DisableUserBody = AgentBodyOf<'disableUser'>;
export type AgentEventsBody = AgentBodyOf<'agentEvents'>;
export type AgentEventsReply = AgentReplyOf<'agentEvents'>;
export type AgentEvent = Static<typeof AgentEventSchema>;
export type CreateEntryUrlBody = AgentBodyOf<'createEntryUrl'>;
export type CreateEntryUrlReply = AgentReplyOf<'createEntryUrl'>;
export type CreateEmbedTokenBody = AgentBodyOf<'createEmbedToken'>;
export type CreateEmbedTokenReply = AgentReplyOf<'createEmbedToken'>;

export type ExchangeTicketBody = BodyOf<'exchangeTicket'>;
export type ExchangeTicketData = DataOf<'exchangeTicket'>;
export type ExchangeEmbedTokenBody = BodyOf<'exchangeEmbedToken'>;
