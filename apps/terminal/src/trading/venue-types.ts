import type { InputOf, OutputOf, Stream } from '@openvenue/api-client';

export type SymbolView = OutputOf<'getSymbols'>['list'][number];
export type FeeLevel = OutputOf<'getSymbols'>['handlingFeeLevelConfig'][number];
export type UserAsset = OutputOf<'getUserAsset'>['userAsset'];
export type PositionView = OutputOf<'getPositions'>['positions'][number];
export type OrderView = OutputOf<'getCurrentOrders'>['list'][number];
export type FillView = OutputOf<'getOrderTrades'>['list'][number];
export type PlaceOrderBody = InputOf<'placeOrder'>;
export type Side = OrderView['side'];
export type OrderType = OrderView['type'];
export type OrderStatus = OrderView['status'];

type UserPush = Parameters<Parameters<Stream['onUserEvent']>[0]>[0];
export type UserEvent = UserPush['data'];
export type OrderEvent = Extract<UserEvent, { readonly eventType: 'ORDER_TRADE_UPDATE' }>;
export type AccountEvent = Extract<UserEvent, { readonly eventType: 'ACCOUNT_UPDATE' }>;
