import { type TProperties, type TSchema, Type } from 'typebox';
import { missing, type Problem, problemOf } from '../../problem.ts';
import { flag, replyText } from '../../scalars.ts';
import { defineAgentCall } from '../define-agent-call.ts';
import {
  AccountLedgerItem,
  ConditionOrderItem,
  CurrentOrderItem,
  CurrentPositionItem,
  PastOrderItem,
  PastPositionItem,
  TradeFillItem,
} from './items.ts';
import {
  assetTypeFilter,
  changeTypeFilter,
  clientOrderIdFilter,
  conditionIdFilter,
  type OrderCategory,
  orderCategory,
  orderIdFilter,
  pageFields,
  positionSideFilter,
  sideFilter,
  statusFilter,
  symbolFilter,
  timeFilters,
} from './request-fields.ts';

/** The one kind of reply that has its content in `data`. */
const pageOf = <Item extends TSchema>(item: Item) => ({
  data: Type.Object(
    {
      items: Type.Array(item, { description: 'Items, newest first' }),
      nextCursor: replyText('Where the next page begins; empty on the last one', ''),
      hasMore: flag('There is a next page'),
    },
    { additionalProperties: false, description: 'The page' },
  ),
});

const definePerpetualQuery = <Body extends TProperties, Item extends TSchema>(
  name: string,
  query: {
    readonly summary: string;
    readonly body: Body;
    readonly item: Item;
    readonly rule?: (body: PerpetualFilters) => Problem | undefined;
  },
) => {
  const { rule } = query;
  return defineAgentCall({
    path: `/v1/agent/perpetual/${name}`,
    auth: 'signed',
    kind: 'query',
    summary: query.summary,
    body: Type.Object({ ...pageFields, ...query.body }),
    ...(rule === undefined ? {} : { bodyRule: (body) => rule(body as PerpetualFilters) }),
    reply: pageOf(query.item),
    errors: [],
  });
};

/** What rules look at. */
interface PerpetualFilters {
  readonly cursor?: string;
  readonly platformUserIds?: readonly string[];
  readonly orderCategory?: OrderCategory;
  readonly orderId?: string;
  readonly conditionId?: string;
}

/** A later page takes its filters from its cursor. */
const usersNeeded = ({ cursor, platformUserIds }: PerpetualFilters): Problem | undefined =>
  cursor === undefined && platformUserIds === undefined ? missing('platformUserIds') : undefined;

function orderRule(body: PerpetualFilters): Problem | undefined {
  const { cursor, orderCategory: category, orderId, conditionId } = body;
  if (category === undefined) return cursor === undefined ? missing('orderCategory') : undefined;
  if (category === 'NORMAL') {
    return conditionId === undefined ? undefined : problemOf(2002, 'conditionId', 'left out for NORMAL orders');
  }
  if (orderId !== undefined) return problemOf(2002, 'orderId', 'left out for CONDITIONAL orders');
  return usersNeeded(body);
}

export const perpetualCurrentOrders = definePerpetualQuery('orders/current', {
  summary: 'Open orders of users',
  body: { orderCategory: orderCategory(), symbol: symbolFilter() },
  item: Type.Union([CurrentOrderItem, ConditionOrderItem]),
  rule: orderRule,
});

export const perpetualOrderHistory = definePerpetualQuery('orders/history', {
  summary: 'Ended orders of users',
  body: {
    orderCategory: orderCategory(),
    symbol: symbolFilter(),
    ...timeFilters,
    orderId: orderIdFilter(),
    conditionId: conditionIdFilter(),
    clientOrderId: clientOrderIdFilter(),
    side: sideFilter(),
    status: statusFilter(),
  },
  item: Type.Union([PastOrderItem, ConditionOrderItem]),
  rule: orderRule,
});

export const perpetualTrades = definePerpetualQuery('trades', {
  summary: 'Fills of users',
  body: { symbol: symbolFilter(), ...timeFilters, orderId: orderIdFilter() },
  item: TradeFillItem,
  rule: usersNeeded,
});

export const perpetualCurrentPositions = definePerpetualQuery('positions/current', {
  summary: 'Open positions of users',
  body: { symbol: symbolFilter() },
  item: CurrentPositionItem,
});

export const perpetualPositionHistory = definePerpetualQuery('positions/history', {
  summary: 'Closed positions of users',
  body: { symbol: symbolFilter(), positionSide: positionSideFilter(), ...timeFilters },
  item: PastPositionItem,
});

export const perpetualAccountLedger = definePerpetualQuery('account/ledger', {
  summary: "Changes of users' contract wallets",
  body: { assetType: assetTypeFilter(), changeType: changeTypeFilter(), ...timeFilters },
  item: AccountLedgerItem,
});
