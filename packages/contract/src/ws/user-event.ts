import { type Static, Type } from 'typebox';
import {
  EXECUTION_TYPES,
  MARGIN_MODES,
  ORDER_STATUSES,
  ORDER_TYPES,
  POSITION_SIDES,
  ROLE_TYPES,
  SIDES,
  TIMES_IN_FORCE,
} from '../enums.ts';
import { PositionView } from '../rest/position/position-view.ts';
import {
  amount,
  clientOrderIdView,
  flag,
  id64,
  oneOf,
  price,
  quantity,
  ratio,
  replyText,
  signedAmount,
  symbolName,
  timestampMs,
} from '../scalars.ts';

const eventType = <const Name extends string>(name: Name) =>
  Type.Literal(name, { description: `Always "${name}"`, examples: [name] });

/** What changed the account. */
export const ACCOUNT_UPDATE_REASONS = [
  'ORDER',
  'TRADE',
  'TRANSFER',
  'FUNDING_FEE',
  'LEVERAGE',
  'MARGIN_MODE',
  'MARGIN',
  'LIQUIDATION',
  'ADL',
  'SETTLEMENT',
  'ADJUSTMENT',
] as const;
export type AccountUpdateReason = (typeof ACCOUNT_UPDATE_REASONS)[number];

/** Why an order ended by a rule, or was cut. */
export const REJECT_REASONS = [
  'IOC',
  'SELF_TRADE',
  'REDUCE_ONLY',
  'MARGIN',
  'OCO',
  'POSITION_CLOSED',
  'LIQUIDATION',
  'ADL',
  'SYMBOL',
  'DELISTED',
  'ADMIN',
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

/** Something happened to an order. Fields of the last fill are `"0"` or empty when it was no fill. */
export const OrderTradeUpdate = Type.Object({
  eventType: eventType('ORDER_TRADE_UPDATE'),
  symbol: symbolName(),
  orderId: id64('Id of the order'),
  clientOrderId: clientOrderIdView(),
  orderStatus: oneOf(ORDER_STATUSES, 'Status after the event'),
  executionType: oneOf(EXECUTION_TYPES, 'What happened'),
  side: oneOf(SIDES, 'Side'),
  positionSide: oneOf(POSITION_SIDES, 'Position the order acts on'),
  type: oneOf(ORDER_TYPES, 'Type'),
  timeInForce: oneOf(TIMES_IN_FORCE, 'Time in force'),
  price: price('Limit price; "0" for a MARKET order'),
  quantity: quantity('Total quantity'),
  filledQuantity: quantity('Quantity that has filled'),
  avgFilledPrice: price('Value by quantity of the fills'),
  lastFilledPrice: price('Price of this fill'),
  lastFilledQuantity: quantity('Quantity of this fill'),
  tradeId: Type.String({
    pattern: '^([1-9]\\d{0,18})?$',
    description: 'Id of the trade; empty when this is no fill',
    examples: ['1844674407370955161', ''],
  }),
  roleType: oneOf([...ROLE_TYPES, ''], 'Whether the order rested or took; empty when this is no fill'),
  handlingFee: signedAmount('Fee of this fill; negative: a rebate'),
  realizedPnl: signedAmount('Realised profit and loss of this fill'),
  reduceOnly: flag('Only reduces a position'),
  makerOnly: flag('Only adds to the book'),
  closePosition: flag('Closes the whole position'),
  rejectReason: replyText('Rule that ended or cut the order; empty when there is none', 'SELF_TRADE'),
  updateTime: timestampMs('Time of the event'),
});

/** Balance of an asset. */
export const BalanceView = Type.Object({
  assetType: replyText('Asset', 'USDT'),
  walletBalance: signedAmount('Cross wallet and isolated margins'),
  frozenBalance: amount('Margin frozen for open orders'),
  usedMargin: amount('Initial margin of positions'),
  availableBalance: signedAmount('What new orders can use'),
});

/** Balances and positions that changed. */
export const AccountUpdate = Type.Object({
  eventType: eventType('ACCOUNT_UPDATE'),
  reason: oneOf(ACCOUNT_UPDATE_REASONS, 'What changed the account'),
  balances: Type.Array(BalanceView, { description: 'Balances that changed' }),
  positions: Type.Array(PositionView, { description: 'Positions that changed; quantity "0": closed' }),
});

/** The margin ratio has reached 80 %; the next call comes only after it was below 75 %. */
export const MarginCall = Type.Object({
  eventType: eventType('MARGIN_CALL'),
  marginMode: oneOf(MARGIN_MODES, 'What is called for: the cross account or one isolated position'),
  symbol: replyText('Symbol of an isolated position; empty for the cross account', 'BTCUSDT'),
  positionSide: oneOf(POSITION_SIDES, 'Side of an isolated position; BOTH for the cross account'),
  marginRatio: ratio('Maintenance margin by margin balance'),
  marginBalance: signedAmount('Wallet or isolated margin with the unrealised profit and loss'),
  maintenanceMargin: amount('What the balance must not fall below'),
  updateTime: timestampMs('Time of the event'),
});

export type MarginCall = Static<typeof MarginCall>;
export type OrderTradeUpdate = Static<typeof OrderTradeUpdate>;
export type BalanceView = Static<typeof BalanceView>;
export type AccountUpdate = Static<typeof AccountUpdate>;
