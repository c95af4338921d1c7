import { describe, expect, it } from 'vitest';
import type { Command } from './command.ts';
import type { RejectReason } from './reject.ts';
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

describe('every reason to refuse has a command that is refused for it (MAT-12)', () => {
  const reached = Object.entries(PROVOCATIONS).flatMap(([reason, provoke]) =>
    typeof provoke === 'string' ? [] : [[reason, provoke] as const],
  );

  it.each(reached)('MAT-12: %s', (reason, provoke) => {
    const scene = furnished();
    const command = provoke(scene);
    expect(scene.venue.run(command).reply).toMatchObject({ ok: false, reason });
  });

  it('MAT-12: those that no command here reaches say why', () => {
    const unreached = Object.entries(PROVOCATIONS).filter(([, provoke]) => typeof provoke === 'string');
    expect(unreached.map(([reason]) => reason)).toEqual(['LIMIT_REACHED', 'NONCES_FULL']);
  });
});
