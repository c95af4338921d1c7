import { type TObject, type TProperties, Type } from 'typebox';
import { MARGIN_MODES, ORDER_STATUSES, ORDER_TYPES, POSITION_SIDES, SIDES } from '../../enums.ts';
import { decimal, flag, id64, oneOf, price, quantity, replyText, signedAmount, timestampMs } from '../../scalars.ts';
import { platformUserIdView } from '../fields.ts';

const optionalFields = <Fields extends TProperties>(fields: Fields) => Type.Partial(Type.Object(fields)).properties;
const anyId = (description: string) => id64(description);
const symbol = () => replyText('Symbol of the contract', 'BTCUSDT');
const leverage = () => Type.Integer({ minimum: 1, description: 'Leverage', 'x-unit': 'x', examples: [20] });
const marginModeNumber = () => oneOf(['1', '2'] as const, '1 cross, 2 isolated');
const signedQuantity = (description: string) =>
  Type.String({ pattern: '^-?(0|[1-9]\\d*)(\\.\\d+)?$', description, 'x-unit': 'base', examples: ['-0.015'] });

/** An item: whose it is, what it is, and its data. Fields of the data without a value are left out. */
const itemOf = <const Type_ extends string, Data extends TObject>(entityType: Type_, data: Data) =>
  Type.Object(
    {
      platformUserId: platformUserIdView(),
      entityType: Type.Literal(entityType, { description: 'What the item is', examples: [entityType] }),
      entityId: anyId('Id of the item'),
      data,
    },
    { additionalProperties: false },
  );

const dataOf = <Always extends TProperties, Maybe extends TProperties>(always: Always, maybe: Maybe) =>
  Type.Object({ ...always, ...optionalFields(maybe) }, { additionalProperties: false, description: 'The item itself' });

const orderFields = {
  symbol: symbol(),
  orderId: anyId('Id of the order'),
  orderCategory: oneOf(['NORMAL'] as const, 'An order of the book'),
  clientOrderId: replyText('Id that the user gave the order', 'my-order-1'),
  orderType: oneOf(ORDER_TYPES, 'Type of the order'),
  side: oneOf(SIDES, 'Side'),
  status: oneOf(ORDER_STATUSES, 'Status'),
  timeInForce: replyText('Time in force', 'GTC'),
  price: price('Price'),
  quantity: quantity('Quantity'),
  filledQuantity: quantity('Quantity that has filled'),
  remainingQuantity: quantity('Quantity that has not filled'),
  avgFilledPrice: price('Average price of what has filled'),
  createdAt: timestampMs('Time of the order'),
  updatedAt: timestampMs('Time of its last change'),
};
const orderFlags = {
  reduceOnly: flag('Only reduces a position'),
  closeOnly: flag('Closes the whole position'),
  makerOnly: flag('Only rests in the book'),
};

export const CurrentOrderItem = itemOf('ORDER', dataOf(orderFlags, orderFields));
export const PastOrderItem = itemOf(
  'ORDER',
  dataOf(orderFlags, { ...orderFields, leverage: leverage(), marginMode: marginModeNumber() }),
);

export const ConditionOrderItem = itemOf(
  'CONDITION_ORDER',
  dataOf(
    { reduceOnly: flag('Only reduces a position'), closePosition: flag('Closes the whole position') },
    {
      symbol: symbol(),
      conditionId: anyId('Id of the condition order'),
      orderCategory: oneOf(['CONDITIONAL'] as const, 'A condition order'),
      generatedOrderId: anyId('Id of the order that it has placed'),
      clientOrderId: replyText('Id that the user gave the condition order', 'my-stop-1'),
      side: oneOf(SIDES, 'Side'),
      orderType: oneOf(ORDER_TYPES, 'Type of the order that it places'),
      triggerType: replyText('Kind of condition', 'STOP_MARKET'),
      workingType: replyText('Price that triggers', 'MARK_PRICE'),
      timeInForce: replyText('Time in force', 'GTC'),
      price: price('Price'),
      quantity: quantity('Quantity'),
      triggerPrice: price('Price at which it triggers'),
      leverage: leverage(),
      marginMode: oneOf(MARGIN_MODES, 'Margin mode'),
      status: replyText('Status', 'PENDING'),
      triggerStatus: replyText('The same status', 'PENDING'),
      createdAt: timestampMs('Time of the condition order'),
      updatedAt: timestampMs('Time of its last change'),
      deletedAt: timestampMs('Time of its cancellation'),
    },
  ),
);

export const TradeFillItem = itemOf(
  'TRADE_FILL',
  dataOf(
    {},
    {
      fillId: anyId('Id of the fill'),
      tradeId: anyId('Id of the trade'),
      orderId: anyId('Id of the order'),
      positionId: anyId('Id of the position'),
      symbol: symbol(),
      side: oneOf(SIDES, 'Side'),
      roleType: oneOf(['MAKER', 'TAKER'] as const, 'Whether the order rested'),
      positionSide: oneOf(POSITION_SIDES, 'Position side'),
      price: price('Price'),
      quantity: quantity('Quantity'),
      tradeValue: decimal('Price times quantity', 'USDT'),
      handlingFee: signedAmount('Fee; paid is plus, a rebate is minus'),
      realizedPnl: signedAmount('Realised PnL, without the fee'),
      tradedAt: timestampMs('Time of the trade'),
    },
  ),
);

const positionFields = {
  positionId: anyId('Id of the position'),
  symbol: symbol(),
  positionSide: oneOf(POSITION_SIDES, 'Position side'),
  status: oneOf(['1', '2', '3', '4'] as const, '1 open, 2 closed, 3 in liquidation, 4 liquidated'),
  leverage: leverage(),
  marginMode: marginModeNumber(),
  entryPrice: price('Average price of the opening fills'),
  fundingFeeAccum: signedAmount('Funding paid (minus) and got since it was opened'),
  openedAt: timestampMs('Time of the opening'),
};

export const CurrentPositionItem = itemOf(
  'POSITION',
  dataOf(
    {},
    {
      ...positionFields,
      quantity: signedQuantity('Size; negative for a short in one-way mode'),
      margin: decimal('Margin', 'USDT'),
      updatedAt: timestampMs('Time of the last change'),
    },
  ),
);
export const PastPositionItem = itemOf(
  'POSITION',
  dataOf(
    {},
    {
      ...positionFields,
      maxQuantity: quantity('Largest size that it had'),
      closeQuantity: quantity('Quantity of the closing fills'),
      closePrice: price('Average price of the closing fills'),
      pnl: signedAmount('Realised PnL, without fees and funding'),
      roe: signedAmount('PnL by the initial margin of the largest size'),
      closedAt: timestampMs('Time of the end'),
    },
  ),
);

export const AccountLedgerItem = itemOf(
  'ACCOUNT_LEDGER',
  dataOf(
    {},
    {
      ledgerId: anyId('Id of the line in the ledger'),
      symbol: symbol(),
      assetType: replyText('Asset', 'USDT'),
      changeType: replyText('Kind of change', 'HANDLING_FEE'),
      amount: signedAmount('Change of the wallet; paid is minus'),
      walletBalanceBefore: signedAmount('Wallet before'),
      walletBalanceAfter: signedAmount('Wallet after'),
      frozenBalanceBefore: signedAmount('Frozen margin before'),
      frozenBalanceAfter: signedAmount('Frozen margin after'),
      referenceId: replyText('Fill, order of a liquidation, position or transfer that caused it, 0 for none', '0'),
      createdAt: timestampMs('Time of the change'),
    },
  ),
);
