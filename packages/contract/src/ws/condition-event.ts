import { type Static, Type } from 'typebox';
import { STRATEGY_STATUSES, STRATEGY_TYPES } from '../enums.ts';
import { conditionFields } from '../rest/order/condition-view.ts';
import { subOrderStatus } from '../rest/order/strategy.ts';
import { count, id64, oneOf, replyText, symbolName, timestampMs } from '../scalars.ts';

const eventType = <const Name extends string>(name: Name) =>
  Type.Literal(name, { description: `Always "${name}"`, examples: [name] });

const maybeId = (description: string) =>
  Type.String({
    pattern: '^([1-9]\\d{0,18})?$',
    description: `${description}; empty when there is none`,
    examples: ['1844674407370955161', ''],
  });

/** A condition order has come, gone, or changed its status or quantity. A watermark that moves is no event. */
export const ConditionOrderUpdate = Type.Object({
  eventType: eventType('CONDITION_ORDER_UPDATE'),
  ...conditionFields,
  rejectReason: replyText(
    'Why it was rejected, or ended without its user asking; empty when there is no reason',
    'OCO',
  ),
  rejectCode: count('Error code of the order that was refused when it fired; 0 when there is none'),
  generatedOrderId: maybeId('Order that it has placed'),
  strategyId: maybeId('Strategy it belongs to'),
  createdAt: timestampMs('Time of acceptance'),
  updatedAt: timestampMs('Time of the event'),
});

/** A strategy has begun or ended; what happens to its orders in between is in their own events. */
export const StrategyUpdate = Type.Object({
  eventType: eventType('STRATEGY_UPDATE'),
  strategyId: id64('Id of the strategy'),
  symbol: symbolName(),
  strategyType: oneOf(STRATEGY_TYPES, 'Type'),
  strategyStatus: oneOf(STRATEGY_STATUSES, 'Status after the event'),
  subOrders: Type.Array(
    Type.Object({
      strategySubId: count('Number of the sub-order in its strategy'),
      status: subOrderStatus(),
      orderId: maybeId('Its order'),
      conditionId: maybeId('Its condition order'),
    }),
    { description: 'Orders of the strategy' },
  ),
  bookTime: timestampMs('Time of acceptance'),
  updateTime: timestampMs('Time of the event'),
});

export type ConditionOrderUpdate = Static<typeof ConditionOrderUpdate>;
export type StrategyUpdate = Static<typeof StrategyUpdate>;
