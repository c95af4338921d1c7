import type { Event } from '@openvenue/core';
import { BTC, newCondition, TestVenue } from '@openvenue/core/testing';
import { expect, test } from 'vitest';
import { conditionOrderUpdate } from './condition-order-update.ts';
import { strategyUpdate } from './strategy-update.ts';

const eventOf = <Type extends Event['type']>(events: readonly Event[], type: Type) => {
  const found = events.find((event): event is Extract<Event, { type: Type }> => event.type === type);
  if (found === undefined) throw new Error(`no ${type}`);
  return found;
};

test('CONDITION_ORDER_UPDATE has the fields of REST, decimals and a percentage', () => {
  const venue = new TestVenue();
  const userId = venue.user('1000');
  venue.price('60000');
  const request = { type: 'TRAILING_STOP', side: 'SELL', quantity: '0.01', activate: '60500.5' } as const;
  const condition = newCondition(venue, { ...request, more: { callbackRate: 25, clientOrderId: 'mine' } });
  const { events } = venue.ok({ type: 'place-condition', actor: { userId }, condition });
  expect(conditionOrderUpdate(eventOf(events, 'condition-updated').condition, BTC)).toEqual({
    eventType: 'CONDITION_ORDER_UPDATE',
    conditionId: '8000000000000000001',
    clientOrderId: 'mine',
    symbol: 'BTCUSDT',
    type: 'TRAILING_STOP',
    side: 'SELL',
    positionSide: 'BOTH',
    price: '0',
    quantity: '0.01',
    stopPrice: '0',
    workingType: 'MARK_PRICE',
    priceProtect: false,
    activatePrice: '60500.5',
    callbackRate: '2.5',
    timeInForce: 'GTC',
    reduceOnly: false,
    closePosition: false,
    status: 'PENDING_ACTIVATION',
    rejectReason: '',
    rejectCode: 0,
    generatedOrderId: '',
    strategyId: '',
    createdAt: venue.timeMs,
    updatedAt: venue.timeMs,
  });
});

test('STRATEGY_UPDATE names the orders and conditions of a strategy', () => {
  const venue = new TestVenue();
  const userId = venue.user('1000');
  venue.price('60000');
  const more = { takeProfit: { stopPrice: venue.ticks('BTCUSDT', '61000'), workingType: 'MARK_PRICE' } } as const;
  const { events } = venue.place(userId, { side: 'BUY', price: '59000', quantity: '0.01', more });
  expect(strategyUpdate(eventOf(events, 'strategy-updated').strategy)).toEqual({
    eventType: 'STRATEGY_UPDATE',
    strategyId: '9000000000000000001',
    symbol: 'BTCUSDT',
    strategyType: 'OTO',
    strategyStatus: 'WORKING',
    subOrders: [
      { strategySubId: 1, status: 'PENDING', orderId: '1000000000000000001', conditionId: '' },
      { strategySubId: 2, status: 'PENDING_ACTIVATION', orderId: '', conditionId: '8000000000000000001' },
    ],
    bookTime: venue.timeMs,
    updateTime: venue.timeMs,
  });
});
