import { asObject, type Decoder, flag, integer, listOf, oneOf, record, ShapeError, text } from './decode.ts';
import { optionalInteger } from './requests.ts';
import type { Fields } from './signing.ts';

/** Most users that one query names. */
export const MAX_QUERIED_USERS = 100;
/** Most items in one page. */
export const MAX_PERPETUAL_LIMIT = 1000;

export type PerpetualView =
  | 'orders/current'
  | 'orders/history'
  | 'trades'
  | 'positions/current'
  | 'positions/history'
  | 'account/ledger';

/** Filters; which of them a view takes, and which it needs, the Agent API says. Times select `[startTime, endTime)`, in Unix milliseconds. */
export interface PerpetualFilter {
  /** 1 to 100; left out, all of the agent's users, except for trades and conditional orders. */
  readonly platformUserIds?: readonly string[] | undefined;
  readonly orderCategory?: 'NORMAL' | 'CONDITIONAL' | undefined;
  readonly symbol?: string | undefined;
  readonly startTime?: number | undefined;
  readonly endTime?: number | undefined;
  readonly orderId?: string | undefined;
  readonly conditionId?: string | undefined;
  readonly clientOrderId?: string | undefined;
  readonly side?: string | undefined;
  readonly status?: string | undefined;
  readonly positionSide?: string | undefined;
  readonly assetType?: string | undefined;
  readonly changeType?: string | undefined;
  /** 1 to 1000, default 500. */
  readonly limit?: number | undefined;
  /** `nextCursor` of the page before; keeps its filters and lives 24 hours. */
  readonly cursor?: string | undefined;
}

/** The fields of each kind of item, by type. Texts and integers are left out where they have no value; booleans are always there. */
const ITEM_FIELDS = {
  ORDER: {
    texts: [
      'symbol',
      'orderId',
      'orderCategory',
      'clientOrderId',
      'orderType',
      'side',
      'status',
      'timeInForce',
      'price',
      'quantity',
      'filledQuantity',
      'remainingQuantity',
      'avgFilledPrice',
      'marginMode',
    ],
    integers: ['createdAt', 'updatedAt', 'leverage'],
    booleans: ['reduceOnly', 'closeOnly', 'makerOnly'],
  },
  CONDITION_ORDER: {
    texts: [
      'symbol',
      'conditionId',
      'orderCategory',
      'generatedOrderId',
      'clientOrderId',
      'side',
      'orderType',
      'triggerType',
      'workingType',
      'timeInForce',
      'price',
      'quantity',
      'triggerPrice',
      'marginMode',
      'status',
      'triggerStatus',
    ],
    integers: ['leverage', 'createdAt', 'updatedAt', 'deletedAt'],
    booleans: ['reduceOnly', 'closePosition'],
  },
  TRADE_FILL: {
    texts: [
      'fillId',
      'tradeId',
      'orderId',
      'positionId',
      'symbol',
      'side',
      'roleType',
      'positionSide',
      'price',
      'quantity',
      'tradeValue',
      'handlingFee',
      'realizedPnl',
    ],
    integers: ['tradedAt'],
    booleans: [],
  },
  POSITION: {
    texts: [
      'positionId',
      'symbol',
      'positionSide',
      'status',
      'marginMode',
      'entryPrice',
      'fundingFeeAccum',
      'quantity',
      'margin',
      'maxQuantity',
      'closeQuantity',
      'closePrice',
      'pnl',
      'roe',
    ],
    integers: ['leverage', 'openedAt', 'updatedAt', 'closedAt'],
    booleans: [],
  },
  ACCOUNT_LEDGER: {
    texts: [
      'ledgerId',
      'symbol',
      'assetType',
      'changeType',
      'amount',
      'walletBalanceBefore',
      'walletBalanceAfter',
      'frozenBalanceBefore',
      'frozenBalanceAfter',
      'referenceId',
    ],
    integers: ['createdAt'],
    booleans: [],
  },
} as const;

type ItemFields = typeof ITEM_FIELDS;
export type PerpetualEntityType = keyof ItemFields;

/** `data` of an item: optional texts and integers, and the booleans of its kind. */
export type PerpetualData<E extends PerpetualEntityType> = {
  readonly [K in ItemFields[E]['texts'][number]]?: string;
} & { readonly [K in ItemFields[E]['integers'][number]]?: number } & {
  readonly [K in ItemFields[E]['booleans'][number]]: boolean;
};

export type PerpetualItem = {
  readonly [E in PerpetualEntityType]: {
    readonly platformUserId: string;
    readonly entityType: E;
    readonly entityId: string;
    readonly data: PerpetualData<E>;
  };
}[PerpetualEntityType];

export interface PerpetualPage {
  readonly items: readonly PerpetualItem[];
  /** `''` on the last page. */
  readonly nextCursor: string;
  readonly hasMore: boolean;
}

export function perpetualFields(filter: PerpetualFilter): Fields {
  const { platformUserIds } = filter;
  if (platformUserIds !== undefined) {
    const count = platformUserIds.length;
    if (count < 1 || count > MAX_QUERIED_USERS) throw new RangeError('platformUserIds must name 1 to 100 users');
  }
  return { ...filter, limit: optionalInteger('limit', filter.limit, { from: 1, to: MAX_PERPETUAL_LIMIT }) };
}

/** Reads the answer of a perpetual query, the one kind that has its content in `data`. */
export const perpetualReply: Decoder<PerpetualPage> = (value, where) =>
  record<PerpetualPage>({ items: listOf(item), nextCursor: text, hasMore: flag })(
    asObject(value, where)['data'],
    `${where}.data`,
  );

const itemHead = record({
  platformUserId: text,
  entityType: oneOf<PerpetualEntityType>('ORDER', 'CONDITION_ORDER', 'TRADE_FILL', 'POSITION', 'ACCOUNT_LEDGER'),
  entityId: text,
});

function item(value: unknown, where: string): PerpetualItem {
  const head = itemHead(value, where);
  const fields = ITEM_FIELDS[head.entityType];
  const source = asObject(asObject(value, where)['data'], `${where}.data`);
  const entries: [string, unknown][] = [];
  const read = (names: readonly string[], decode: Decoder<unknown>): void => {
    for (const name of names) {
      if (Object.hasOwn(source, name)) entries.push([name, decode(source[name], `${where}.data.${name}`)]);
    }
  };
  read(fields.texts, text);
  read(fields.integers, integer);
  read(fields.booleans, flag);
  for (const name of fields.booleans) {
    if (!Object.hasOwn(source, name)) throw new ShapeError(`${where}.data.${name} is missing`);
  }
  return { ...head, data: Object.fromEntries(entries) } as PerpetualItem;
}
