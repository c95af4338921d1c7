import { errorOf } from '@openvenue/contract';
import { Core, type RejectDetails, type RejectReason } from '@openvenue/core';
import { BTC } from '@openvenue/core/testing';
import { beforeEach, expect, test } from 'vitest';
import { failReject, type RejectContext } from './reject.ts';

const reject = (reason: RejectReason, details: RejectDetails = {}) => ({ ok: false, reason, details }) as const;

let context: RejectContext;
beforeEach(() => {
  const core = new Core();
  core.apply(1, 1, { type: 'configure-symbol', parameters: BTC });
  core.apply(2, 2, { type: 'update-prices', symbols: [] });
  context = { exchange: core.exchange, userId: 1, symbol: 'BTCUSDT' };
});

test.each([
  ['MISSING_PARAMETER', 2001],
  ['OFF_GRID', 2002],
  ['OUT_OF_RANGE', 2003],
  ['CLOSE_POSITION_CONFLICT', 3107],
  ['DUPLICATE_CLIENT_ORDER_ID', 3015],
  ['SYMBOL_NOT_TRADING', 3013],
  ['PRICE_LEVEL_MISSING', 3018],
  ['POSITION_SIDE_CONFLICT', 3011],
  ['NOTHING_TO_REDUCE', 3008],
  ['TOO_MANY_OPEN_ORDERS', 3014],
  ['PRICE_OUTSIDE_BAND', 3010],
  ['WOULD_TAKE', 3007],
  ['NO_LIQUIDITY', 3018],
  ['FOK_NOT_FILLABLE', 3017],
  ['SELF_TRADE', 3009],
  ['TIER_LIMIT', 3002],
  ['INSUFFICIENT_MARGIN', 3001],
  ['ORDER_NOT_FOUND', 3003],
  ['ORDER_ENDED', 3016],
  ['ORDER_NOT_CANCELABLE', 3005],
  ['LEVERAGE_LOCKED', 3012],
  ['CONDITION_TYPE_UNKNOWN', 3100],
  ['STOP_PRICE_INVALID', 3101],
  ['CONDITION_PRICE_MISSING', 3102],
  ['ACTIVATE_PRICE_INVALID', 3103],
  ['CALLBACK_RATE_INVALID', 3104],
  ['WOULD_TRIGGER_IMMEDIATELY', 3105],
  ['WORKING_TYPE_INVALID', 3106],
  ['CONDITION_QUANTITY_INVALID', 3108],
  ['TIME_IN_FORCE_NOT_ALLOWED', 3109],
  ['TOO_MANY_OPEN_CONDITIONS', 3110],
  ['STRATEGY_LEGS_INVALID', 3111],
  ['STRATEGY_DEPENDENCY_INVALID', 3112],
  ['SESSION_REVOKED', 1004],
  ['SESSION_UNKNOWN', 1003],
  ['REFRESH_TOKEN_REUSED', 1004],
  ['API_KEY_INVALID', 1003],
  ['PERMISSION_DENIED', 3006],
  ['SIGNATURE_REPLAYED', 3004],
  ['SIGNATURES_FULL', 5002],
] as const)('%s is %d', (reason, code) => {
  expect(errorOf(failReject(reject(reason), context).error).code).toBe(code);
});

test('ticks and units become decimals', () => {
  const details = {
    boundTicks: 600_001,
    bestBidTicks: 599_990,
    bestAskTicks: 600_000,
    required: 150_000_000n,
    available: -5n,
    status: 'FILLED',
  };
  expect(failReject(reject('PRICE_OUTSIDE_BAND', details), context).details).toEqual({
    bound: '60000.1',
    bestBid: '59999',
    bestAsk: '60000',
    required: '1.5',
    available: '-0.00000005',
    status: 'FILLED',
  });
});

test('what cannot be written is left out', () => {
  const { symbol: _symbol, ...nowhere } = context;
  const details = { boundTicks: 1, orderId: 7, status: 'no status' };
  expect(failReject(reject('PRICE_OUTSIDE_BAND', details), nowhere)).toEqual({ ok: false, error: 'PRICE_OUT_OF_BAND' });
});

test('messages of their own', () => {
  expect(failReject(reject('SIGNATURE_REPLAYED'), context).message).toBe('Signature replay detected');
  const expired = reject('API_KEY_INVALID', { field: 'timestamp' });
  expect(failReject(expired, context).message).toBe('Timestamp outside of tolerance window');
});
