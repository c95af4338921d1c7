import { describe, expect, it } from 'vitest';
import type { Command } from './command.ts';
import type { RejectDetails, RejectReason } from './reject.ts';
import { furnished, hash, type Scene } from './testing/furnished-scene.ts';
import { BTC } from './testing/index.ts';

/** The last command to a furnished venue, which is refused; those before it are accepted. */
type Provocation = (scene: Scene) => Command;

/** For every reason a command that is refused for it, or why no test of a whole core gets there. */
const PROVOCATIONS: Readonly<Record<RejectReason, Provocation | string>> = {
  MISSING_PARAMETER: ({ like }) => like('amend-order', { amendment: { symbol: 'BTCUSDT', orderId: 1 } }),
  INVALID_PARAMETER: ({ like }) => like('place-order', {}, { order: { makerOnly: true, timeInForce: 'IOC' } }),
  OUT_OF_RANGE: ({ like }) => like('place-order', {}, { order: { quantity: 100_001 } }),
  OFF_GRID: ({ like }) =>
    like('place-order', {}, { order: { gridFault: { field: 'price', value: '1', below: '0', above: '2' } } }),
  CLOSE_POSITION_CONFLICT: ({ like }) => like('place-order', {}, { order: { closePosition: true } }),

  DUPLICATE_CLIENT_ORDER_ID: ({ like }) => like('place-order', {}, { order: { clientOrderId: 'mine' } }),
  SYMBOL_NOT_TRADING: ({ like }) => like('place-order', {}, { order: { symbol: 'NONE' } }),
  PRICE_LEVEL_MISSING: ({ like }) => like('place-order', {}, { order: { priceType: 2, price: 0 } }),
  POSITION_SIDE_CONFLICT: ({ like }) => like('place-order', {}, { order: { positionSide: 'LONG' } }),
  NOTHING_TO_REDUCE: ({ like }) => like('place-order', {}, { order: { reduceOnly: true } }),
  TOO_MANY_OPEN_ORDERS: ({ like, many }) => {
    const order = { quantity: 1, clientOrderId: '' };
    many(BTC.maxOpenOrders - 1, () => like('place-order', {}, { order }));
    return like('place-order', {}, { order });
  },
  PRICE_OUTSIDE_BAND: ({ like }) => like('place-order', {}, { order: { price: 700_000 } }),
  WOULD_TAKE: ({ like }) => like('place-order', {}, { order: { price: 601_000, makerOnly: true } }),
  NO_LIQUIDITY: ({ like }) =>
    like('place-order', {}, { order: { symbol: 'ETHUSDT', type: 'MARKET', price: 0, timeInForce: 'IOC' } }),
  FOK_NOT_FILLABLE: ({ like }) =>
    like('place-order', {}, { order: { price: 601_000, quantity: 11, timeInForce: 'FOK' } }),
  SELF_TRADE: ({ venue, like }) => {
    venue.ok(like('place-order', {}, { order: { price: 599_000 } }));
    const order = { side: 'SELL', price: 599_000, selfTradePrevention: 'CANCEL_TAKER', clientOrderId: '' };
    return like('place-order', {}, { order });
  },
  TIER_LIMIT: ({ venue, like }) => {
    venue.ok(like('set-leverage', { leverage: 100 }));
    return like('place-order', {}, { order: { quantity: 1_000 } });
  },
  INSUFFICIENT_MARGIN: ({ like }) => like('place-order', { actor: { userId: 3 } }),
  ORDER_NOT_FOUND: ({ like }) => like('cancel-order', { order: { symbol: 'BTCUSDT', orderId: 99 } }),
  ORDER_ENDED: ({ venue, like }) => {
    venue.ok(like('cancel-order'));
    return like('amend-order');
  },
  ORDER_NOT_CANCELABLE: ({ venue, like }) => {
    venue.ok(like('cancel-order'));
    return like('cancel-order');
  },
  LEVERAGE_LOCKED: ({ like }) => like('set-margin-mode', { actor: { userId: 1 } }),

  CONDITION_TYPE_UNKNOWN: ({ like }) => like('place-condition', {}, { condition: { type: 'STOP' } }),
  STOP_PRICE_INVALID: ({ like }) => like('place-condition', {}, { condition: { stopPrice: 0 } }),
  CONDITION_PRICE_MISSING: ({ like }) => like('place-condition', {}, { condition: { price: 0 } }),
  ACTIVATE_PRICE_INVALID: ({ like }) =>
    like(
      'place-condition',
      {},
      { condition: { type: 'TRAILING_STOP', price: 0, stopPrice: 0, callbackRate: 5, activatePrice: 610_000 } },
    ),
  CALLBACK_RATE_INVALID: ({ like }) =>
    like('place-condition', {}, { condition: { type: 'TRAILING_STOP', callbackRate: 101 } }),
  WOULD_TRIGGER_IMMEDIATELY: ({ like }) => like('place-condition', {}, { condition: { stopPrice: 600_000 } }),
  WORKING_TYPE_INVALID: ({ like }) => like('place-condition', {}, { condition: { workingType: 'LAST' } }),
  CONDITION_QUANTITY_INVALID: ({ like }) => like('place-condition', {}, { condition: { quantity: 0 } }),
  TIME_IN_FORCE_NOT_ALLOWED: ({ like }) =>
    like('place-condition', {}, { condition: { type: 'STOP_MARKET', timeInForce: 'FOK' } }),
  TOO_MANY_OPEN_CONDITIONS: ({ like, many }) => {
    const condition = { clientOrderId: '' };
    many(BTC.maxOpenConditions - 1, () => like('place-condition', {}, { condition }));
    return like('place-condition', {}, { condition });
  },
  STRATEGY_LEGS_INVALID: ({ like }) => like('place-strategy', {}, { strategy: { strategyType: 'OTO' } }),
  STRATEGY_DEPENDENCY_INVALID: ({ like }) => {
    const { strategy } = like('place-strategy') as Extract<Command, { type: 'place-strategy' }>;
    const subOrders = strategy.subOrders.map((each) => ({ ...each, firstDrivenId: 0 }));
    return like('place-strategy', {}, { strategy: { subOrders } });
  },

  SESSION_REVOKED: ({ venue, like }) => {
    venue.ok(like('revoke-session'));
    return like('delete-api-key');
  },
  SESSION_UNKNOWN: ({ like }) => like('revoke-session', { sessionId: 'none' }),
  REFRESH_TOKEN_INVALID: ({ like }) => like('rotate-refresh-token', { presentedTokenHash: hash(99) }),
  REFRESH_TOKEN_REUSED: ({ venue, like }) => {
    venue.ok(like('rotate-refresh-token'));
    venue.timeMs += 60_000;
    return like('rotate-refresh-token', { nextTokenHash: hash(5) });
  },
  API_KEY_INVALID: ({ like }) => like('place-order', { actor: { userId: 1, apiKeyId: 2 } }),
  API_KEY_NOT_FOUND: ({ like }) => like('delete-api-key', { id: 2 }),
  API_KEY_LIMIT: ({ like, many }) => {
    many(29, (n) => like('create-api-key', { apiKey: `fx_number_${n}` }));
    return like('create-api-key');
  },
  PERMISSION_DENIED: ({ like }) => like('delete-api-key', { actor: { userId: 1, apiKeyId: 1 } }),
  SIGNATURE_REPLAYED: ({ venue, like }) => {
    venue.ok(like('create-listen-key'));
    return like('create-listen-key', { listenKey: 'c'.repeat(32) });
  },
  SIGNATURES_FULL: ({ like, many }) => {
    const signed = (n: number): Command => {
      const { actor } = like('create-listen-key') as Extract<Command, { type: 'create-listen-key' }>;
      return like('renew-listen-key', { actor: { ...actor, signatureHash: hash(1_000 + n) } });
    };
    many(20_000, signed);
    return signed(20_000);
  },
  LISTEN_KEY_UNKNOWN: ({ like }) => like('renew-listen-key', { listenKey: 'none' }),
  USER_UNKNOWN: ({ like }) => like('adjust-wallet', { userId: 99 }),
  USER_DISABLED: ({ venue, like }) => {
    venue.ok(like('set-user-disabled'));
    return like('place-order');
  },
  USERNAME_TAKEN: ({ like }) => like('rename-user', { username: 'USER-2' }),
  EXTERNAL_ID_TAKEN: ({ like }) => like('bind-user', { externalUserId: '1188041528' }),
  LIMIT_REACHED: 'takes a million users',

  CONFIGURATION_INVALID: ({ like }) => like('configure-symbol', {}, { parameters: { tiers: [] } }),
  INSUFFICIENT_BALANCE: ({ like }) => like('adjust-wallet', { userId: 3, amount: -1n, changeType: 'TRANSFER_OUT' }),

  AGENT_UNKNOWN: ({ like, nonce }) => like('take-nonce', { agentAuth: { ...nonce(), agentId: 2 } }),
  AGENT_DISABLED: ({ venue, like }) => {
    venue.ok(like('update-agent'));
    return like('take-nonce');
  },
  AGENT_REQUEST_EXPIRED: ({ venue, like, nonce }) =>
    like('take-nonce', { agentAuth: { ...nonce(), expiresAtMs: venue.timeMs } }),
  NONCE_REUSED: ({ venue, like }) => {
    venue.ok(like('take-nonce'));
    return like('bind-user');
  },
  NONCES_FULL: 'takes 300,000 nonces; the test of the limit is in agency/authorize.test.ts',
  AGENT_USER_FOREIGN: ({ like }) => like('disable-user', { user: { platformUserId: '1000000001' } }),
  AGENT_USER_UNBOUND: ({ like }) => like('disable-user', { user: { agentUserId: 'nobody' } }),
  AGENT_USER_MISMATCH: ({ venue, like, nonce }) => {
    venue.ok(like('bind-user', { agentAuth: nonce() }));
    return like('disable-user', { user: { agentUserId: 'dave', platformUserId: '1188041528' } });
  },
  TRANSFER_NOT_FOUND: ({ like }) => like('reverse-transfer', { origOrderNo: 'none' }),
  ORDER_NUMBER_CONFLICT: ({ like }) => like('transfer', { agentOrderNo: 'first' }),
  TRANSFER_NOT_REVERSIBLE: ({ venue, like, nonce }) => {
    venue.ok(like('reverse-transfer', { agentAuth: nonce() }));
    return like('reverse-transfer', { reverseOrderNo: 'again' });
  },
  AGENCY_FULL: ({ like, many }) => {
    const agent = (n: number): Command =>
      like('create-agent', { agentCode: `AGENT-${n}`, publicNumber: String(8_000_000_000 + n) });
    many(499, agent);
    return agent(499);
  },
  TOKEN_INVALID: ({ like }) => like('exchange-ticket', { ticketHash: hash(99) }),
  AGENT_CODE_TAKEN: ({ like }) => like('create-agent', { agentCode: 'AGENT' }),
  AGENT_NUMBER_TAKEN: ({ like }) => like('create-agent', { publicNumber: '7000000001' }),
  WEBHOOK_UNKNOWN: ({ like }) => like('webhook-delivered', { seq: 99 }),
  WEBHOOK_OUT_OF_ORDER: ({ venue, like }) => {
    // The reverse's webhook about the first transfer waits for the transfer's own.
    venue.ok(like('reverse-transfer'));
    return like('webhook-delivered', { seq: 4 });
  },
};

/** What a refusal says beyond its reason: the field, the rule and what mends it. Nothing where the reason says it all. */
const FACTS: Readonly<Partial<Record<RejectReason, RejectDetails>>> = {
  MISSING_PARAMETER: { field: 'price', rule: 'price or quantity is needed' },
  INVALID_PARAMETER: { field: 'makerOnly', rule: 'only for LIMIT orders with GTC' },
  OUT_OF_RANGE: { field: 'quantity', value: '100.001', rule: 'at most 100' },
  OFF_GRID: { field: 'price', value: '1', below: '0', above: '2', rule: 'must be a multiple of tickSize' },
  CLOSE_POSITION_CONFLICT: {
    field: 'closePosition',
    rule: 'takes the whole position: leave out quantity and reduceOnly',
  },
  DUPLICATE_CLIENT_ORDER_ID: {
    field: 'clientOrderId',
    value: 'mine',
    orderId: 1,
    rule: 'taken by an open order or one ended in the last 24 h',
  },
  SYMBOL_NOT_TRADING: { field: 'symbol', value: 'NONE', rule: 'no such symbol' },
  PRICE_LEVEL_MISSING: { field: 'priceType', value: '2', rule: 'the book has no such level' },
  POSITION_SIDE_CONFLICT: {
    field: 'positionSide',
    value: 'LONG',
    rule: 'the symbol has one-way positions, orders or conditions: BOTH',
  },
  NOTHING_TO_REDUCE: { field: 'side', value: 'BUY', rule: 'there is no position that this side would reduce' },
  TOO_MANY_OPEN_ORDERS: { rule: 'at most 200 open orders in a symbol' },
  PRICE_OUTSIDE_BAND: { field: 'price', value: '70000', boundTicks: 606_000, rule: 'highest price of a buy now' },
  WOULD_TAKE: {
    field: 'makerOnly',
    rule: 'the order would take at once',
    bestBidTicks: 590_000,
    bestAskTicks: 601_000,
  },
  NO_LIQUIDITY: { boundTicks: 606_000, rule: 'nothing to take within the price protection' },
  FOK_NOT_FILLABLE: { field: 'quantity', rule: 'cannot be filled whole now' },
  SELF_TRADE: { rule: 'an own order stands in the way' },
  TIER_LIMIT: {
    field: 'quantity',
    rule: 'at leverage 100 position and orders of this side may be worth at most 50000 USDT',
  },
  INSUFFICIENT_MARGIN: {
    required: 5_979_750_000n,
    available: 0n,
    rule: 'required margin is more than what is available',
  },
  ORDER_NOT_FOUND: { rule: 'no such order in the last 24 h' },
  ORDER_ENDED: { orderId: 1, status: 'CANCELED', rule: 'the order has ended' },
  ORDER_NOT_CANCELABLE: { orderId: 1, status: 'CANCELED', rule: 'the order has ended' },
  LEVERAGE_LOCKED: {
    field: 'marginMode',
    value: 'ISOLATED',
    rule: 'the symbol has positions, orders or conditions',
  },
  CONDITION_TYPE_UNKNOWN: {
    field: 'type',
    value: 'STOP',
    rule: 'must be one of STOP_MARKET STOP_LIMIT TAKE_PROFIT_MARKET TAKE_PROFIT_LIMIT TRAILING_STOP',
  },
  STOP_PRICE_INVALID: { field: 'stopPrice', rule: 'is needed for STOP_LIMIT' },
  CONDITION_PRICE_MISSING: { field: 'price', rule: 'is needed for STOP_LIMIT' },
  ACTIVATE_PRICE_INVALID: { field: 'activatePrice', boundTicks: 600_000, rule: 'must be below the price' },
  CALLBACK_RATE_INVALID: { field: 'callbackRate', rule: 'must be 0.1 to 10 percent with at most one decimal' },
  WOULD_TRIGGER_IMMEDIATELY: { field: 'stopPrice', boundTicks: 600_000, rule: 'the price is there already' },
  WORKING_TYPE_INVALID: {
    field: 'workingType',
    value: 'LAST',
    rule: 'must be one of MARK_PRICE CONTRACT_PRICE',
  },
  CONDITION_QUANTITY_INVALID: { field: 'quantity', rule: 'is needed unless closePosition' },
  TIME_IN_FORCE_NOT_ALLOWED: { field: 'timeInForce', value: 'FOK', rule: 'a stop at the market takes what it can' },
  TOO_MANY_OPEN_CONDITIONS: { rule: 'at most 100 open condition orders in a symbol' },
  STRATEGY_LEGS_INVALID: { field: 'subOrderList', rule: 'OTO has 2 sub-orders' },
  STRATEGY_DEPENDENCY_INVALID: {
    field: 'subOrderList',
    rule: 'a dependent order is placed by the first one: PLACE_ORDER on PARTIALLY_FILLED_OR_FILLED or FILLED',
  },
  PERMISSION_DENIED: { rule: 'sessions only' },
  USER_UNKNOWN: { field: 'userId', value: '99' },
  CONFIGURATION_INVALID: { field: 'symbol', problems: ['at least one leverage tier is needed'] },
  INSUFFICIENT_BALANCE: { field: 'amount', required: 1n, available: 0n },
  TRANSFER_NOT_REVERSIBLE: { status: 'REVERSED' },
  AGENCY_FULL: { rule: 'agents' },
};

describe('every reason to refuse has a command that is refused for it (MAT-12)', () => {
  const reached = Object.entries(PROVOCATIONS).flatMap(([reason, provoke]) =>
    typeof provoke === 'string' ? [] : [[reason, provoke] as const],
  );

  it.each(reached)('MAT-12: %s, and what mends it', (reason, provoke) => {
    const scene = furnished();
    const command = provoke(scene);
    const details = FACTS[reason as RejectReason] ?? {};
    expect(scene.venue.run(command).reply).toEqual({ ok: false, reason, details });
  });

  it('MAT-12: those that no command here reaches say why', () => {
    const unreached = Object.entries(PROVOCATIONS).filter(([, provoke]) => typeof provoke === 'string');
    expect(unreached.map(([reason]) => reason)).toEqual(['LIMIT_REACHED', 'NONCES_FULL']);
  });
});
