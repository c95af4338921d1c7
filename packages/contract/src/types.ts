import type { Static } from 'typebox';
import type { Failure as FailureSchema } from './envelope.ts';
import type { ApiKeyView as ApiKeyViewSchema } from './rest/api-key/list.ts';
import type {
  FeeLevel as FeeLevelSchema,
  LeverageTier as LeverageTierSchema,
  SymbolView as SymbolViewSchema,
} from './rest/market/symbols.ts';
import type { TickerView as TickerViewSchema } from './rest/market/ticker-view.ts';
import type { TradeView as TradeViewSchema } from './rest/market/trade.ts';
import type {
  BatchItemResult as BatchItemResultSchema,
  BatchReply as BatchReplySchema,
  OrderReply as OrderReplySchema,
} from './rest/order/order-reply.ts';
import type { OrderView as OrderViewSchema } from './rest/order/order-view.ts';
import type { FillView as FillViewSchema } from './rest/order/trades.ts';
import type { PositionView as PositionViewSchema } from './rest/position/position-view.ts';
import type { BodyOf, DataOf, QueryOf } from './rest/routes.ts';

export type FailureReply = Static<typeof FailureSchema>;

export type LoginBody = BodyOf<'login'>;
export type AccessToken = DataOf<'login'>;
export type CreateApiKeyBody = BodyOf<'createApiKey'>;
export type UpdateApiKeyBody = BodyOf<'updateApiKey'>;
export type ApiKeyView = Static<typeof ApiKeyViewSchema>;
export type UserInfo = DataOf<'getUserInfo'>['userInfo'];
export type UserAsset = DataOf<'getUserAsset'>['userAsset'];

export type SymbolView = Static<typeof SymbolViewSchema>;
export type LeverageTier = Static<typeof LeverageTierSchema>;
export type FeeLevel = Static<typeof FeeLevelSchema>;
export type TickerView = Static<typeof TickerViewSchema>;
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

export type SetLeverageBody = BodyOf<'setLeverage'>;
export type PositionView = Static<typeof PositionViewSchema>;
