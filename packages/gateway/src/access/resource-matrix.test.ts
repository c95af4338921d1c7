import { type OperationName, operations } from '@openvenue/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Credential, TestGateway } from '../testing/venue.ts';

/** What belongs to somebody else. */
interface Belongings {
  readonly orderId: string;
  readonly clientOrderId: string;
  readonly conditionId: string;
  readonly strategyId: string;
  readonly keyId: string;
  readonly listenKey: string;
}

/** A call that names what is not its caller's, and what it must come to: as if there were no such thing. */
interface Rule {
  readonly query?: (of: Belongings) => Readonly<Record<string, string>>;
  readonly body?: (of: Belongings) => object;
  /** The code of the call; of each result for a batch. */
  readonly code: number;
  readonly isBatch?: boolean;
  /** What a success tells: nothing of the other's. */
  readonly data?: object;
}

const SYMBOL = 'BTCUSDT';
const order = ({ orderId }: Belongings) => ({ symbol: SYMBOL, orderId });
const NOTHING_FOUND = { list: [], total: 0 };

/** Every route that takes the name of something that is somebody's. */
const RULES: Readonly<Partial<Record<OperationName, readonly Rule[]>>> = {
  getOrder: [
    { query: order, code: 3003 },
    { query: ({ clientOrderId }) => ({ symbol: SYMBOL, clientOrderId }), code: 3003 },
  ],
  cancelOrder: [
    { body: order, code: 3003 },
    { body: ({ clientOrderId }) => ({ symbol: SYMBOL, clientOrderId }), code: 3003 },
  ],
  moveOrder: [{ body: (of) => ({ ...order(of), price: '59000' }), code: 3003 }],
  batchMoveOrders: [
    {
      body: ({ orderId }) => ({ symbol: SYMBOL, orders: [{ orderId, price: '59000' }] }),
      code: 3003,
      isBatch: true,
    },
  ],
  batchCancelOrders: [{ body: (of) => ({ orders: [order(of)] }), code: 3003, isBatch: true }],
  cancelCondition: [{ body: ({ conditionId }) => ({ symbol: SYMBOL, conditionId }), code: 3003 }],
  getStrategy: [{ query: ({ strategyId }) => ({ strategyId }), code: 3003 }],
  getCurrentOrders: [{ query: ({ orderId }) => ({ lastOrderId: orderId }), code: 0, data: NOTHING_FOUND }],
  getOrderHistory: [
    { query: order, code: 0, data: NOTHING_FOUND },
    { query: ({ clientOrderId }) => ({ clientOrderId }), code: 0, data: NOTHING_FOUND },
  ],
  getOrderTrades: [{ query: order, code: 0, data: NOTHING_FOUND }],
  updateApiKey: [{ body: ({ keyId }) => ({ id: keyId, status: 0 }), code: 2002 }],
  deleteApiKey: [{ body: ({ keyId }) => ({ id: keyId }), code: 2002 }],
  renewListenKey: [{ body: ({ listenKey }) => ({ listenKey }), code: 2002 }],
  deleteListenKey: [{ body: ({ listenKey }) => ({ listenKey }), code: 2002 }],
};
/** Fields by which a call names something that is there already. */
const NAMING = ['orderId', 'lastOrderId', 'conditionId', 'strategyId', 'id', 'listenKey'];
const NAMES = Object.keys(operations) as OperationName[];

function namesSomething(name: OperationName): boolean {
  const { query, documentedBody } = operations[name];
  const text = JSON.stringify([query, documentedBody]);
  return NAMING.some((field) => text.includes(`"${field}":{`));
}

test('every route that names something has a rule, and no other', () => {
  expect(Object.keys(RULES).toSorted()).toEqual(NAMES.filter(namesSomething).toSorted());
});

let gateway: TestGateway;
let belongings: Belongings;
let ownerId: number;
let stranger: Credential;
const WIDE = { perSecond: 100_000, burst: 100_000 };

beforeAll(async () => {
  gateway = await TestGateway.start({ rateLimits: { private: WIDE, order: WIDE, cancel: WIDE } });
  const owner = await gateway.trader();
  ownerId = owner.userId;
  stranger = await gateway.trader();
  const ask = async (name: OperationName, body?: object) => {
    const { method, path } = operations[name];
    const reply = await gateway.call(owner, { method, url: path, ...(body === undefined ? {} : { body }) });
    expect(reply.code, `${name}: ${reply.message} ${JSON.stringify(reply.details)}`).toBe(0);
    return reply.data;
  };
  const leg = { symbol: SYMBOL, side: 'BUY', quantity: '0.01' };
  const clientOrderId = 'mine';
  const placed = await ask('placeOrder', { ...leg, type: 'LIMIT', price: '59500', clientOrderId });
  const condition = await ask('placeCondition', { ...leg, type: 'STOP_MARKET', stopPrice: '61000' });
  const driven = { firstDrivenOn: 'PARTIALLY_FILLED_OR_FILLED', firstTrigger: 'CANCEL_ORDER' };
  const strategy = await ask('placeStrategy', {
    strategyType: 'OCO',
    subOrderList: [
      { ...leg, ...driven, strategySubId: 1, firstDrivenId: 2, type: 'LIMIT', price: '59400' },
      { ...leg, ...driven, strategySubId: 2, firstDrivenId: 1, type: 'STOP_MARKET', stopPrice: '61000' },
    ],
  });
  await ask('createApiKey', { label: 'bot' });
  const keys = (await ask('listApiKeys'))['list'] as readonly { readonly id: string }[];
  const { listenKey } = await ask('createListenKey');
  belongings = {
    orderId: String(placed['orderId']),
    clientOrderId,
    conditionId: String(condition['conditionId']),
    strategyId: String(strategy['strategyId']),
    keyId: keys[0]?.id ?? '',
    listenKey: String(listenKey),
  };
});
afterAll(() => gateway.close());

describe('what belongs to somebody else is not there:', () => {
  const cases = NAMES.flatMap((name) => (RULES[name] ?? []).map((rule, at) => [name, at, rule] as const));

  test.each(cases)('%s %d', async (name, _at, { query, body, code, isBatch, data }) => {
    const { method, path } = operations[name];
    const before = gateway.node.core.exchange.userSequence(ownerId);
    const url = query === undefined ? path : `${path}?${new URLSearchParams(query(belongings))}`;
    const reply = await gateway.call(stranger, {
      method,
      url,
      ...(body === undefined ? {} : { body: body(belongings) }),
    });
    if (isBatch === true) expect(reply).toMatchObject({ code: 0, data: { successCount: 0, results: [{ code }] } });
    else expect(reply).toMatchObject({ code, data: data ?? {} });
    expect(gateway.node.core.exchange.userSequence(ownerId)).toBe(before);
  });
});
