import type { TSchema } from 'typebox';
import { Compile } from 'typebox/schema';
import { describe, expect, it } from 'vitest';
import { ConditionOrderUpdate, StrategyUpdate } from './condition-event.ts';
import * as market from './market-push.ts';
import * as replies from './reply.ts';
import { AccountUpdate, OrderTradeUpdate } from './user-event.ts';
import { ConnectionPush, UserPush } from './user-push.ts';

const accepts = (schema: TSchema, value: unknown): boolean => Compile(schema).Check(value);
const TS = 1_772_007_815_000;

const ORDER_EVENT = {
  eventType: 'ORDER_TRADE_UPDATE',
  symbol: 'BTCUSDT',
  orderId: '1844674407370955161',
  clientOrderId: '',
  orderStatus: 'PENDING',
  executionType: 'NEW',
  side: 'BUY',
  positionSide: 'BOTH',
  type: 'LIMIT',
  timeInForce: 'GTC',
  price: '60000.5',
  quantity: '0.015',
  filledQuantity: '0',
  avgFilledPrice: '0',
  lastFilledPrice: '0',
  lastFilledQuantity: '0',
  tradeId: '',
  roleType: '',
  handlingFee: '0',
  realizedPnl: '0',
  reduceOnly: false,
  makerOnly: false,
  closePosition: false,
  rejectReason: '',
  updateTime: TS,
};
const userPush = (data: unknown) => ({ topic: 'user.1188041528', ts: TS, seq: '1', data });

describe('replies', () => {
  it.each([
    [replies.SubscriptionReply, { id: '1', event: 'subscribe', success: true, data: ['market.depth.BTCUSDT'] }],
    [replies.PongReply, { id: '1', event: 'pong', success: true, ts: TS }],
    [replies.ErrorReply, { id: '1', event: 'error', success: false, code: 2002, message: 'Invalid parameter value' }],
    [replies.ErrorReply, { event: 'error', success: false, code: 1003, message: 'Invalid token' }],
    [replies.AuthReply, { event: 'auth', success: true, data: '1188041528' }],
    [
      replies.OrderOpReply,
      {
        id: '1',
        event: 'order.place',
        success: true,
        data: { orderId: '1', clientOrderId: '', status: 'PENDING', timestamp: TS },
      },
    ],
  ])('accepts the frame of the contract', (schema, frame) => {
    expect(accepts(schema, frame)).toBe(true);
    expect(accepts(schema, { ...frame, success: 'yes' })).toBe(false);
  });
});

describe('public pushes', () => {
  const push = (data: unknown) => ({ topic: 'market.depth.BTCUSDT', event: 'data', ts: TS, data });
  const levels = { bids: [['60000.5', '0.015']], asks: [], checksum: 4_294_967_295 };

  it('depth is a snapshot or an update', () => {
    const snapshot = { type: 'snapshot', symbol: 'BTCUSDT', version: 7, endVersion: 7, ...levels };
    const update = { type: 'update', startVersion: 8, endVersion: 11, ...levels };
    expect(accepts(market.DepthPush, push(snapshot))).toBe(true);
    expect(accepts(market.DepthPush, push(update))).toBe(true);
    expect(accepts(market.DepthPush, push({ ...update, type: 'snapshot' }))).toBe(false);
    expect(accepts(market.DepthPush, push({ ...update, bids: [['60000.5', 0]] }))).toBe(false);
    expect(accepts(market.DepthPush, push({ ...update, startVersion: '8' }))).toBe(false);
  });

  it('trades are a list', () => {
    const trade = { tradeId: '1', price: '60000.5', quantity: '1', side: 'BUY', ts: TS };
    expect(accepts(market.TradePush, push({ list: [trade] }))).toBe(true);
    expect(accepts(market.TradePush, push({ list: [{ ...trade, tradeId: 1 }] }))).toBe(false);
  });

  it('has the fields of a candle, literally', () => {
    const candle = {
      symbol: 'BTCUSDT',
      interval: '1M',
      openTime: TS,
      open: '60000.5',
      high: '60001',
      low: '59999',
      close: '60000',
      volume: '1.5',
      quoteVolume: '90000',
      closeTime: TS + 59_999,
      closed: false,
    };
    expect(Object.keys(market.KlineData.properties)).toEqual(Object.keys(candle));
    expect(market.KlineData.required).toEqual(Object.keys(candle));
    expect(accepts(market.KlinePush, { ...push(candle), topic: 'market.kline.BTCUSDT.1M' })).toBe(true);
    expect(accepts(market.KlinePush, push({ ...candle, interval: '2m' }))).toBe(false);
    expect(accepts(market.KlinePush, push({ ...candle, close: 60000 }))).toBe(false);
  });
});

describe('private pushes', () => {
  it('has the fields of ORDER_TRADE_UPDATE, literally', () => {
    expect(Object.keys(OrderTradeUpdate.properties)).toEqual(Object.keys(ORDER_EVENT));
    expect(OrderTradeUpdate.required).toEqual(Object.keys(ORDER_EVENT));
    expect(accepts(UserPush, userPush(ORDER_EVENT))).toBe(true);
    expect(accepts(UserPush, userPush({ ...ORDER_EVENT, executionType: 'FILLED' }))).toBe(false);
    expect(accepts(UserPush, { ...userPush(ORDER_EVENT), seq: 1 })).toBe(false);
  });

  it('has the fields of ACCOUNT_UPDATE, literally', () => {
    const balance = {
      assetType: 'USDT',
      walletBalance: '-0.5',
      frozenBalance: '1',
      usedMargin: '2',
      availableBalance: '-3.5',
    };
    const update = { eventType: 'ACCOUNT_UPDATE', reason: 'TRADE', balances: [balance], positions: [] };
    expect(Object.keys(AccountUpdate.properties)).toEqual(Object.keys(update));
    expect(Object.keys(AccountUpdate.properties.balances.items.properties)).toEqual(Object.keys(balance));
    expect(accepts(UserPush, userPush(update))).toBe(true);
    expect(accepts(UserPush, userPush({ ...update, reason: 'BECAUSE' }))).toBe(false);
  });

  it('has the fields of CONDITION_ORDER_UPDATE and STRATEGY_UPDATE', () => {
    const condition = {
      eventType: 'CONDITION_ORDER_UPDATE',
      conditionId: '8000000000000000001',
      clientOrderId: '',
      symbol: 'BTCUSDT',
      type: 'TRAILING_STOP',
      side: 'SELL',
      positionSide: 'LONG',
      price: '0',
      quantity: '0.01',
      stopPrice: '0',
      workingType: 'MARK_PRICE',
      priceProtect: false,
      activatePrice: '60500.5',
      callbackRate: '2.5',
      timeInForce: 'GTE_GTC',
      reduceOnly: true,
      closePosition: false,
      status: 'CANCELLED',
      rejectReason: 'POSITION_CLOSED',
      rejectCode: 0,
      generatedOrderId: '',
      strategyId: '',
      createdAt: TS,
      updatedAt: TS,
    };
    expect(Object.keys(ConditionOrderUpdate.properties)).toEqual(Object.keys(condition));
    expect(accepts(UserPush, userPush(condition))).toBe(true);
    expect(accepts(UserPush, userPush({ ...condition, status: 'CANCELED' }))).toBe(false);
    const subOrder = { strategySubId: 1, status: 'FILLED', orderId: '1000000000000000001', conditionId: '' };
    const strategy = {
      eventType: 'STRATEGY_UPDATE',
      strategyId: '9000000000000000001',
      symbol: 'BTCUSDT',
      strategyType: 'OTO',
      strategyStatus: 'ALL_DONE',
      subOrders: [subOrder],
      bookTime: TS,
      updateTime: TS,
    };
    expect(Object.keys(StrategyUpdate.properties)).toEqual(Object.keys(strategy));
    expect(accepts(UserPush, userPush(strategy))).toBe(true);
    expect(accepts(UserPush, userPush({ ...strategy, strategyStatus: 'CANCELED' }))).toBe(false);
  });

  it.each([
    ['LISTEN_KEY_EXPIRED', 'EXPIRED'],
    ['LISTEN_KEY_EXPIRED', 'DELETED'],
    ['SESSION_ENDED', 'LOGGED_OUT'],
    ['API_KEY_ENDED', 'DISABLED'],
  ])('%s says why (%s) and takes no seq', (eventType, reason) => {
    const push = { topic: 'user.1188041528', ts: TS, data: { eventType, reason, updateTime: TS } };
    expect(accepts(ConnectionPush, push)).toBe(true);
    expect(accepts(UserPush, { ...push, seq: '1' })).toBe(false);
    expect(accepts(ConnectionPush, { ...push, data: { ...push.data, reason: 'X' } })).toBe(false);
  });

  it('RESYNC_REQUIRED names both ends of the gap', () => {
    const data = { eventType: 'RESYNC_REQUIRED', since: '3', seq: '900', updateTime: TS };
    expect(accepts(ConnectionPush, { topic: 'user.1188041528', ts: TS, data })).toBe(true);
  });
});
