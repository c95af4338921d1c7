import type { Money, PriceTicks, QuantitySteps } from '@openvenue/money';
import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';
import { turnOn } from './cancel-all-after.ts';
import { loadConditions, saveConditions } from './conditions/conditions-snapshot.ts';
import { EndedOrders } from './ended-orders.ts';
import type {
  CloseTrigger,
  MarginMode,
  OrderStatus,
  OrderType,
  PositionSide,
  SelfTradePrevention,
  Side,
  TimeInForce,
} from './enums.ts';
import type { ExchangeState } from './exchange-state.ts';
import { loadFees, saveFees } from './fees/fees-snapshot.ts';
import { isBooked, loadLeg, saveLeg } from './leg-snapshot.ts';
import { unitsOf } from './liquidation/risk-unit.ts';
import { Market } from './market.ts';
import { isOpen, isWaiting, NOT_OPEN, type Order, remainingOf } from './order.ts';
import { beginWaiting } from './order-lifecycle.ts';
import { readParameters, writeParameters } from './parameters-snapshot.ts';
import { loadStrategies, type OrderSnapshot, saveStrategies } from './strategies/strategies-snapshot.ts';
import { Delisting } from './symbol-life/delisting.ts';

/** Writes the exchange in one canonical order; what can be computed from the rest (margin sums, indexes) is left out. */
export function saveExchange(state: ExchangeState, w: StateWriter): void {
  for (const counter of [
    state.nextOrderId,
    state.nextTradeId,
    state.nextFillId,
    state.nextEntryId,
    state.nextPositionId,
    state.nextLiquidationId,
  ])
    w.uint(counter);
  w.bigint(state.fees);
  w.bigint(state.rounding);
  w.uint(state.feeDay);
  saveFees(state, w);
  w.bigint(state.external);
  w.list(state.pendingParameters.values(), ({ parameters, effectiveAtMs }) => {
    writeParameters(w, parameters);
    w.uint(effectiveAtMs);
  });
  w.list(state.markets.values(), (market) => saveMarket(w, market));
  w.list(state.accounts.values(), (account) => {
    w.uint(account.userId);
    w.uint(account.agentId);
    w.bigint(account.wallet);
    w.uint(account.eventSequence);
    w.boolean(account.marginCalled);
    account.volume.save(w);
    w.list(account.stances, (stance) => {
      w.text(stance.market.symbol);
      w.uint(stance.leverage);
      w.text(stance.marginMode);
      w.list(stance.legs.filter(isBooked), (leg) => saveLeg(w, leg));
    });
  });
  w.list(
    [...state.orders.values()].filter((order) => isOpen(order) || isWaiting(order)),
    (order) => saveOrder(w, order),
  );
  w.list(state.endedOrders, (order) => saveOrder(w, order));
  for (const market of state.markets.values()) {
    for (const side of ['BUY', 'SELL'] as const) w.list(market.book.orders(side), (resting) => w.uint(resting.orderId));
  }
  saveConditions(state, w);
  saveStrategies(state, w, orderSnapshot(state));
  w.list(
    [...state.cancelDeadlines].sort(([a], [b]) => a - b),
    ([userId, { deadlineMs, keepReduceOnly }]) => {
      w.uint(userId);
      w.uint(deadlineMs);
      w.boolean(keepReduceOnly);
    },
  );
}

export function loadExchange(state: ExchangeState, r: StateReader): void {
  state.nextOrderId = r.uint();
  state.nextTradeId = r.uint();
  state.nextFillId = r.uint();
  state.nextEntryId = r.uint();
  state.nextPositionId = r.uint();
  state.nextLiquidationId = r.uint();
  state.fees = r.bigint() as Money;
  state.rounding = r.bigint() as Money;
  state.feeDay = r.uint();
  loadFees(state, r);
  state.external = r.bigint() as Money;
  r.list(() => {
    const parameters = readParameters(r);
    state.pendingParameters.set(parameters.symbol, { parameters, effectiveAtMs: r.uint() });
  });
  for (const market of r.list(() => loadMarket(r, state))) {
    state.markets.set(market.symbol, market);
    if (market.delisting !== undefined && market.delisting.phase !== 'ENDED') state.delistings.add(market);
  }
  r.list(() => {
    const userId = r.uint();
    const account = state.restoreAccount(userId, r.uint());
    account.wallet = r.bigint() as Money;
    account.eventSequence = r.uint();
    account.marginCalled = r.boolean();
    account.volume.load(r);
    account.beginDay(state.feeDay);
    r.list(() => {
      const stance = account.stance(marketOf(state, r.text()));
      stance.leverage = r.uint();
      stance.marginMode = r.text() as MarginMode;
      r.list(() => loadLeg(stance, r));
    });
  });
  const open = r.list(() => loadOrder(state, r));
  const ended = r.list(() => loadOrder(state, r));
  for (const order of [...open, ...ended].sort((a, b) => a.orderId - b.orderId)) {
    state.orders.set(order.orderId, order);
    const account = state.account(order.userId);
    if (order.clientOrderId !== '') account.orderByClientId.set(order);
    if (isOpen(order)) account.stance(order.market).addOrder(order);
    else if (isWaiting(order)) beginWaiting(state, order);
  }
  state.endedOrders = new EndedOrders(ended);
  for (const market of state.markets.values()) {
    for (const side of ['BUY', 'SELL'] as const) {
      r.list(() => {
        const order = state.orders.get(r.uint());
        if (order === undefined || !isOpen(order) || order.side !== side)
          throw new RangeError('snapshot names a resting order that is not open');
        market.book.add({
          orderId: order.orderId,
          ownerId: order.userId,
          side,
          price: order.price,
          quantity: remainingOf(order),
        });
      });
    }
  }
  loadConditions(state, r, (symbol) => marketOf(state, symbol));
  loadStrategies(state, r, orderSnapshot(state));
  r.list(() => turnOn(state, r.uint(), { deadlineMs: r.uint(), keepReduceOnly: r.boolean() }));
  state.risk.rebuild(state.accounts.values(), (account) => unitsOf(account, state.markets));
}

const orderSnapshot = (state: ExchangeState): OrderSnapshot => ({
  save: saveOrder,
  load: (r) => loadOrder(state, r),
  marketOf: (symbol) => marketOf(state, symbol),
});

function saveMarket(w: StateWriter, market: Market): void {
  writeParameters(w, market.parameters);
  for (const count of [
    market.version,
    market.depthVersion,
    market.index,
    market.mark,
    market.last,
    market.lastIndexAtMs,
    market.openInterest,
  ])
    w.uint(count);
  w.boolean(market.degraded);
  w.uint(market.bandAtMs);
  market.premium.save(w);
  market.funding.save(w);
  w.boolean(market.delisting !== undefined);
  market.delisting?.save(w);
}

function loadMarket(r: StateReader, state: ExchangeState): Market {
  const market = new Market(readParameters(r), state.createBook(), state.createTriggers);
  market.version = r.uint();
  market.depthVersion = r.uint();
  market.index = r.uint() as PriceTicks;
  market.mark = r.uint() as PriceTicks;
  market.last = r.uint() as PriceTicks;
  market.lastIndexAtMs = r.uint();
  market.openInterest = r.uint() as QuantitySteps;
  market.degraded = r.boolean();
  const bandAtMs = r.uint();
  market.premium.load(r);
  market.funding.load(r);
  if (r.boolean()) market.delisting = Delisting.load(r);
  if (bandAtMs > 0) market.refreshBand(bandAtMs);
  return market;
}

function marketOf(state: ExchangeState, symbol: string): Market {
  const market = state.markets.get(symbol);
  if (market === undefined) throw new RangeError(`snapshot names an unknown symbol ${symbol}`);
  return market;
}

function saveOrder(w: StateWriter, order: Order): void {
  w.uint(order.orderId);
  w.uint(order.userId);
  for (const text of [
    order.market.symbol,
    order.clientOrderId,
    order.type,
    order.side,
    order.positionSide,
    order.timeInForce,
    order.placeType,
  ])
    w.text(text);
  for (const text of [order.selfTradePrevention, order.closeTrigger, order.status, order.rejectReason]) w.text(text);
  for (const count of [
    order.price,
    order.quantity,
    order.filledQuantity,
    order.filledTickSteps,
    order.createdAtMs,
    order.updatedAtMs,
    order.strategyId,
    order.conditionId,
  ])
    w.uint(count);
  for (const flag of [order.reduceOnly, order.makerOnly, order.closePosition]) w.boolean(flag);
  w.bigint(order.handlingFee);
  w.bigint(order.realizedPnl);
  w.uint(order.leverage);
  w.text(order.marginMode);
}

function loadOrder(state: ExchangeState, r: StateReader): Order {
  const orderId = r.uint();
  const userId = r.uint();
  const market = marketOf(state, r.text());
  const clientOrderId = r.text();
  const type = r.text() as OrderType;
  const side = r.text() as Side;
  const positionSide = r.text() as PositionSide;
  const timeInForce = r.text() as TimeInForce;
  const placeType = r.text();
  const selfTradePrevention = r.text() as SelfTradePrevention;
  const closeTrigger = r.text() as CloseTrigger;
  const status = r.text() as OrderStatus;
  const rejectReason = r.text() as Order['rejectReason'];
  const price = r.uint() as PriceTicks;
  const quantity = r.uint() as QuantitySteps;
  const filledQuantity = r.uint() as QuantitySteps;
  const filledTickSteps = r.uint();
  const createdAtMs = r.uint();
  const updatedAtMs = r.uint();
  const strategyId = r.uint();
  const conditionId = r.uint();
  const reduceOnly = r.boolean();
  const makerOnly = r.boolean();
  const closePosition = r.boolean();
  const handlingFee = r.bigint() as Money;
  const realizedPnl = r.bigint() as Money;
  const leverage = r.uint();
  const marginMode = r.text() as MarginMode;
  return {
    orderId,
    userId,
    market,
    clientOrderId,
    type,
    side,
    positionSide,
    price,
    quantity,
    filledQuantity,
    filledTickSteps,
    timeInForce,
    reduceOnly,
    makerOnly,
    closePosition,
    placeType,
    selfTradePrevention,
    closeTrigger,
    status,
    rejectReason,
    strategyId,
    conditionId,
    handlingFee,
    realizedPnl,
    leverage,
    marginMode,
    createdAtMs,
    updatedAtMs,
    openIndex: NOT_OPEN,
    clientOrderIdHash: 0,
  };
}
