import type { Command } from '../command.ts';
import { DAY_MS, type RefusedCase } from '../testing/furnished-scene.ts';
import { BTC } from '../testing/index.ts';
import { restrict, testRefusals, whileNothingOpens } from '../testing/refusals.ts';

const EXIT = { stopPrice: 580_000, workingType: 'CONTRACT_PRICE' };
const OFF = { field: 'price', value: '1', below: '0', above: '2' };

const CASES: Readonly<Record<string, readonly RefusedCase[]>> = {
  orders: [
    [
      'a price kind of a market order',
      ({ like }) => like('place-order', {}, { order: { priceType: 2, type: 'MARKET', timeInForce: 'IOC' } }),
      'INVALID_PARAMETER',
      { field: 'priceType', rule: 'only for LIMIT orders' },
    ],
    [
      'a take profit of an order that only reduces',
      ({ like }) => like('place-order', {}, { order: { reduceOnly: true, takeProfit: EXIT, stopLoss: EXIT } }),
      'INVALID_PARAMETER',
      { field: 'takeProfit', rule: 'only for orders that can open a position' },
    ],
    [
      'a stop loss of an order that takes the whole position',
      ({ like }) =>
        like('place-order', {}, { order: { quantity: 0, reduceOnly: undefined, closePosition: true, stopLoss: EXIT } }),
      'INVALID_PARAMETER',
      { field: 'stopLoss', rule: 'only for orders that can open a position' },
    ],
    [
      'an exit at no price',
      ({ like }) => like('place-order', {}, { order: { takeProfit: { ...EXIT, stopPrice: 610_000, price: 0 } } }),
      'OUT_OF_RANGE',
      { field: 'takeProfit.price', value: '0', rule: 'must be above 0 and at most 1000000' },
    ],
    [
      'an exit above the highest price',
      ({ like }) => like('place-order', {}, { order: { stopLoss: { ...EXIT, price: 10_000_001 } } }),
      'OUT_OF_RANGE',
      { field: 'stopLoss.price', value: '1000000.1', rule: 'must be above 0 and at most 1000000' },
    ],
    [
      "a take profit at the order's price",
      ({ like }) => like('place-order', {}, { order: { takeProfit: { ...EXIT, stopPrice: 595_000 } } }),
      'STOP_PRICE_INVALID',
      { field: 'takeProfit.stopPrice', value: '59500', boundTicks: 595_000, rule: "must be above the order's price" },
    ],
    [
      "a stop loss at the order's price",
      ({ like }) => like('place-order', {}, { order: { stopLoss: { ...EXIT, stopPrice: 595_000 } } }),
      'STOP_PRICE_INVALID',
      {
        field: 'stopLoss.stopPrice',
        value: '59500',
        boundTicks: 595_000,
        rule: "must be below the order's price and above 0",
      },
    ],
    [
      'a stop loss at 0',
      ({ like }) => like('place-order', {}, { order: { stopLoss: { ...EXIT, stopPrice: 0 } } }),
      'STOP_PRICE_INVALID',
      {
        field: 'stopLoss.stopPrice',
        value: '0',
        boundTicks: 595_000,
        rule: "must be below the order's price and above 0",
      },
    ],
    [
      'an exit off the grid',
      ({ like }) => like('place-order', {}, { order: { stopLoss: { ...EXIT, gridFault: OFF } } }),
      'OFF_GRID',
      { field: 'stopLoss.price', value: '1', below: '0', above: '2', rule: 'must be a multiple of tickSize' },
    ],
    [
      'an exit whose trigger is off the grid',
      ({ like }) =>
        like('place-order', {}, { order: { takeProfit: { ...EXIT, gridFault: { ...OFF, field: 'stopPrice' } } } }),
      'STOP_PRICE_INVALID',
      { field: 'takeProfit.stopPrice', value: '1', below: '0', above: '2', rule: 'must be a multiple of tickSize' },
    ],
    [
      'a quantity off the grid',
      ({ like }) => like('place-order', {}, { order: { gridFault: { ...OFF, field: 'quantity' } } }),
      'OFF_GRID',
      { field: 'quantity', value: '1', below: '0', above: '2', rule: 'must be a multiple of stepSize' },
    ],
    [
      'no price',
      ({ like }) => like('place-order', {}, { order: { price: 0 } }),
      'OUT_OF_RANGE',
      { field: 'price', value: '0', rule: 'must be above 0 and at most 1000000' },
    ],
    [
      'a price above the highest',
      ({ like }) => like('place-order', {}, { order: { price: 10_000_001 } }),
      'OUT_OF_RANGE',
      { field: 'price', value: '1000000.1', rule: 'must be above 0 and at most 1000000' },
    ],
    [
      'no quantity',
      ({ like }) => like('place-order', {}, { order: { quantity: 0 } }),
      'OUT_OF_RANGE',
      { field: 'quantity', value: '0', rule: 'must be above 0' },
    ],
    [
      'a market order above the largest',
      ({ like }) =>
        like('place-order', {}, { order: { type: 'MARKET', price: 0, timeInForce: 'IOC', quantity: 50_001 } }),
      'OUT_OF_RANGE',
      { field: 'quantity', value: '50.001', rule: 'at most 50' },
    ],
    [
      'an order worth too little',
      ({ like }) => like('place-order', {}, { order: { price: 49_999, quantity: 1 } }),
      'OUT_OF_RANGE',
      { field: 'quantity', value: '0.001', rule: 'price x quantity must be at least 5 USDT' },
    ],
    [
      'a sell below the band',
      ({ like }) => like('place-order', {}, { order: { side: 'SELL', price: 500_000 } }),
      'PRICE_OUTSIDE_BAND',
      { field: 'price', value: '50000', boundTicks: 594_000, rule: 'lowest price of a sell now' },
    ],
    ...whileNothingOpens('place-order'),
    [
      'a position that is covered already',
      ({ venue, like }) => {
        const order = { symbol: 'ETHUSDT', side: 'SELL', reduceOnly: true, clientOrderId: '' };
        venue.ok(like('place-order', {}, { order: { ...order, price: 605_000 } }));
        return like('place-order', {}, { order: { ...order, price: 606_000 } });
      },
      'NOTHING_TO_REDUCE',
      { field: 'quantity', rule: 'the other reduce-only orders already cover the position' },
    ],
    [
      'a market order with only own orders to meet',
      ({ venue, like }) => {
        venue.ok(like('place-order', {}, { order: { price: 599_000, clientOrderId: '' } }));
        const order = {
          type: 'MARKET',
          side: 'SELL',
          price: 0,
          timeInForce: 'IOC',
          selfTradePrevention: 'CANCEL_MAKER',
        };
        return like('place-order', {}, { order });
      },
      'SELF_TRADE',
      { rule: 'only own orders stand within the price protection' },
    ],
    [
      'a FOK with an own order in the way',
      ({ venue, like }) => {
        venue.ok(like('place-order', {}, { order: { price: 599_000, clientOrderId: '' } }));
        const order = { side: 'SELL', price: 599_000, timeInForce: 'FOK', selfTradePrevention: 'CANCEL_TAKER' };
        return like('place-order', {}, { order });
      },
      'SELF_TRADE',
      { rule: 'an own order stands in the way' },
    ],
    [
      'a one-way order beside a hedge',
      ({ venue, like }) => {
        venue.ok(like('adjust-wallet', { userId: 3, amount: 10n ** 12n }));
        venue.ok(like('place-order', { actor: { userId: 3 } }, { order: { positionSide: 'LONG', clientOrderId: '' } }));
        return like('place-order', { actor: { userId: 3 } });
      },
      'POSITION_SIDE_CONFLICT',
      {
        field: 'positionSide',
        value: 'BOTH',
        rule: 'the symbol has hedge positions, orders or conditions: LONG or SHORT',
      },
    ],
    [
      'an order below the smallest quantity',
      ({ venue, like }) => {
        venue.ok({ type: 'configure-symbol', parameters: { ...BTC, minQuantity: 11 as typeof BTC.minQuantity } });
        venue.prices({ BTCUSDT: '60000', ETHUSDT: '60000' });
        return like('place-order');
      },
      'OUT_OF_RANGE',
      { field: 'quantity', value: '0.01', rule: 'at least 0.011' },
    ],
    [
      'an order of another symbol',
      ({ like }) => like('cancel-order', { order: { symbol: 'ETHUSDT', orderId: 1 } }),
      'ORDER_NOT_FOUND',
      { field: 'symbol', value: 'ETHUSDT', rule: 'the order is one of BTCUSDT' },
    ],
    [
      'two references to different orders',
      ({ like }) => like('cancel-order', { order: { symbol: 'BTCUSDT', orderId: 2, clientOrderId: 'mine' } }),
      'ORDER_NOT_FOUND',
      { rule: 'the id and the clientOrderId are not of one order' },
    ],
    [
      'an order of somebody else',
      ({ like }) => like('cancel-order', { actor: { userId: 2 }, order: { symbol: 'BTCUSDT', orderId: 1 } }),
      'ORDER_NOT_FOUND',
      { rule: 'no such order in the last 24 h' },
    ],
    [
      'too many price sources',
      ({ like }) =>
        like('update-prices', {
          symbols: [
            {
              symbol: 'BTCUSDT',
              quotes: Array.from({ length: 101 }, () => ({ source: 's', price: 1, ageMs: 0, weight: 1 })),
            },
          ],
        }),
      'INVALID_PARAMETER',
      { rule: 'symbols: quotes: at most 100 items' },
    ],
    [
      'too many sub-orders',
      ({ like }) => like('place-strategy', {}, { strategy: { subOrders: Array.from({ length: 11 }, () => ({})) } }),
      'INVALID_PARAMETER',
      { rule: 'strategy: subOrders: at most 10 items' },
    ],
    [
      'an amendment of no order',
      ({ like }) => like('amend-order', {}, { amendment: { orderId: 99 } }),
      'ORDER_NOT_FOUND',
      { rule: 'no such order in the last 24 h' },
    ],
    [
      'cancelling in a symbol that is halted',
      ({ venue, like }) => {
        restrict(venue, 'HALTED');
        return like('cancel-order');
      },
      'SYMBOL_NOT_TRADING',
      { field: 'symbol', value: 'BTCUSDT', rule: 'the symbol is HALTED' },
    ],
    [
      'an empty batch',
      ({ like }) => like('place-orders', { orders: [] }),
      'OUT_OF_RANGE',
      { field: 'orders', value: '0', rule: '1 to 20 items' },
    ],
    [
      'a batch that is too long',
      ({ like }) =>
        like('cancel-orders', { orders: Array.from({ length: 101 }, () => ({ symbol: 'BTCUSDT', orderId: 1 })) }),
      'OUT_OF_RANGE',
      { field: 'orders', value: '101', rule: '1 to 50 items' },
    ],
    [
      'a switch that is too short',
      ({ like }) => like('cancel-all-after', { timeoutMs: 999 }),
      'OUT_OF_RANGE',
      { field: 'timeoutMs', value: '999', rule: '0, or from 1000 to 86400000' },
    ],
    [
      'a switch that is too long',
      ({ like }) => like('cancel-all-after', { timeoutMs: 86_400_001 }),
      'OUT_OF_RANGE',
      { field: 'timeoutMs', value: '86400001', rule: '0, or from 1000 to 86400000' },
    ],
  ],
  margin: [
    [
      'leverage of no symbol',
      ({ like }) => like('set-leverage', { symbol: 'NONE' }),
      'SYMBOL_NOT_TRADING',
      { field: 'symbol', value: 'NONE', rule: 'no such symbol' },
    ],
    [
      'leverage above the highest',
      ({ like }) => like('set-leverage', { leverage: 101 }),
      'OUT_OF_RANGE',
      { field: 'leverage', value: '101', rule: 'must be a whole number from 1 to 100' },
    ],
    [
      'half a leverage',
      ({ like }) => like('set-leverage', { leverage: 1.5 }),
      'OUT_OF_RANGE',
      { field: 'leverage', value: '1.5', rule: 'must be a whole number from 1 to 100' },
    ],
    [
      'leverage beyond the tier of the orders',
      ({ venue, like }) => {
        venue.ok(like('place-order', {}, { order: { quantity: 900, clientOrderId: '' } }));
        return like('set-leverage', { leverage: 100 });
      },
      'TIER_LIMIT',
      {
        field: 'leverage',
        value: '100',
        rule: 'position and orders of one side may be worth at most 50000 USDT at this leverage',
      },
    ],
    [
      'leverage beyond what is available',
      ({ venue, like }) => {
        venue.ok(like('place-order', {}, { order: { quantity: 900, clientOrderId: '' } }));
        return like('set-leverage', { leverage: 1 });
      },
      'INSUFFICIENT_MARGIN',
      {
        field: 'leverage',
        value: '1',
        required: 4_872_600_000_000n,
        available: 449_863_000_000n,
        rule: 'the margin at this leverage is more than what is available',
      },
    ],
    [
      'a mode of no symbol',
      ({ like }) => like('set-margin-mode', { symbol: 'NONE' }),
      'SYMBOL_NOT_TRADING',
      { field: 'symbol', value: 'NONE', rule: 'no such symbol' },
    ],
    [
      'isolated margin of no symbol',
      ({ like }) => like('adjust-isolated-margin', { symbol: 'NONE' }),
      'SYMBOL_NOT_TRADING',
      { field: 'symbol', value: 'NONE', rule: 'no such symbol' },
    ],
    [
      'isolated margin in cross mode',
      ({ like }) => like('adjust-isolated-margin', { symbol: 'BTCUSDT' }),
      'LEVERAGE_LOCKED',
      { field: 'symbol', value: 'BTCUSDT', rule: 'the margin mode of the symbol is cross' },
    ],
    [
      'isolated margin of no position',
      ({ like }) => like('adjust-isolated-margin', { positionSide: 'LONG' }),
      'NOTHING_TO_REDUCE',
      { field: 'positionSide', value: 'LONG', rule: 'there is no such position' },
    ],
    [
      'more isolated margin than there is',
      ({ like }) => like('adjust-isolated-margin', { amount: 10n ** 13n }),
      'INSUFFICIENT_MARGIN',
      {
        field: 'amount',
        required: 10_000_000_000_000n,
        available: 988_040_500_000n,
        rule: 'more than what is available',
      },
    ],
    [
      'less isolated margin than is needed',
      ({ like }) => like('adjust-isolated-margin', { amount: -(10n ** 10n) }),
      'INSUFFICIENT_MARGIN',
      { field: 'amount', required: 10_000_000_000n, available: 0n, rule: 'more than what the position can spare' },
    ],
  ],
  'the operator': [
    [
      'an end of no symbol',
      ({ like }) => like('delist-symbol', { symbol: 'NONE' }),
      'SYMBOL_NOT_TRADING',
      { field: 'symbol', value: 'NONE', rule: 'no such symbol' },
    ],
    [
      'an end too soon',
      ({ venue, like }) => like('delist-symbol', { atMs: venue.timeMs + DAY_MS - 1 }),
      'OUT_OF_RANGE',
      { field: 'atMs', value: '1772086399999', rule: 'must be at least 24 h ahead' },
    ],
    [
      'an end that has begun',
      ({ venue, like }) => {
        venue.ok(like('delist-symbol', { atMs: venue.timeMs + DAY_MS }));
        venue.timeMs += DAY_MS - 3_600_000;
        venue.prices({ BTCUSDT: '60000', ETHUSDT: '60000' });
        return like('delist-symbol', { atMs: venue.timeMs + 2 * DAY_MS });
      },
      'CONFIGURATION_INVALID',
      { field: 'symbol', problems: ['the delisting has begun'] },
    ],
    [
      'no highest price, and a time that is none',
      ({ like }) => like('configure-symbol', { effectiveAtMs: -1 }, { parameters: { maxPrice: 0 } }),
      'CONFIGURATION_INVALID',
      {
        field: 'symbol',
        problems: ['maxPrice: must be a whole number from 1 to below 2^53', 'effectiveAtMs must be a Unix time in ms'],
      },
    ],
    [
      'another grid',
      ({ like }) =>
        like('configure-symbol', {}, { parameters: { tickSize: 10n ** 8n, stepSize: 10n ** 8n, baseAsset: 'X' } }),
      'CONFIGURATION_INVALID',
      {
        field: 'symbol',
        problems: [
          'tickSize of a listed symbol cannot change',
          'stepSize of a listed symbol cannot change',
          'baseAsset of a listed symbol cannot change',
        ],
      },
    ],
    [
      'more than the fund has',
      ({ like }) => like('adjust-insurance-fund', { amount: -1n }),
      'INSUFFICIENT_BALANCE',
      { field: 'amount', required: 1n, available: 0n },
    ],
    [
      'a negative markup',
      ({ like }) => like('set-fee-schedule', {}, { schedule: { markup: { maker: -30_000, taker: -30_000 } } }),
      'CONFIGURATION_INVALID',
      { field: 'schedule', problems: ['a markup must not be negative'] },
    ],
    [
      'no such command',
      () => ({ type: 'none' }) as unknown as Command,
      'INVALID_PARAMETER',
      { field: 'type', rule: 'no such command' },
    ],
  ],
};

testRefusals(CASES);
