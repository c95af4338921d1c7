import type { Money, PriceTicks, QuantitySteps } from '@openvenue/money';
import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';
import { isBooked, loadLeg, saveLeg } from './accounts/leg-snapshot.ts';
import { loadConditions, saveConditions } from './conditions/conditions-snapshot.ts';
import type { MarginMode } from './enums.ts';
import type { ExchangeState } from './exchange-state.ts';
import { loadFees, saveFees } from './fees/fees-snapshot.ts';
import { unitsOf } from './liquidation/risk-unit.ts';
import { beginWaiting } from './matching/order-lifecycle.ts';
import { turnOn } from './order-entry/cancel-all-after.ts';
import { EndedOrders } from './orders/ended-orders.ts';
import { isOpen, isWaiting, type Order, remainingOf } from './orders/order.ts';
import { loadOrder, saveOrder } from './orders/order-snapshot.ts';
import { loadStrategies, type OrderSnapshot, saveStrategies } from './strategies/strategies-snapshot.ts';
import { legsOf } from './strategies/strategy.ts';
import { Delisting } from './symbols/delisting.ts';
import { Market } from './symbols/market.ts';
import { readParameters, writeParameters } from './symbols/parameters-snapshot.ts';

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
  w.list(liveOrders(state), (order) => saveOrder(w, order));
  state.endedOrders.save(w, saveOrder);
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

/** Orders that rest and legs that wait, by ascending id. Those that have ended are far more, and none of them is looked at. */
function liveOrders(state: ExchangeState): Order[] {
  const live: Order[] = [];
  for (const account of state.accounts.values())
    for (const { orders } of account.stances) for (const order of orders.values()) live.push(order);
  for (const strategy of state.strategies.values())
    for (const { order } of legsOf(strategy)) if (order !== undefined && isWaiting(order)) live.push(order);
  return live.sort((a, b) => a.orderId - b.orderId);
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
  const symbolOf = (symbol: string): Market => marketOf(state, symbol);
  const open = r.list(() => loadOrder(r, symbolOf));
  const ended = r.list(() => loadOrder(r, symbolOf));
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
  loadConditions(state, r, symbolOf);
  loadStrategies(state, r, orderSnapshot(state));
  r.list(() => turnOn(state, r.uint(), { deadlineMs: r.uint(), keepReduceOnly: r.boolean() }));
  state.risk.rebuild(state.accounts.values(), (account) => unitsOf(account, state.markets));
}

const orderSnapshot = (state: ExchangeState): OrderSnapshot => ({
  save: saveOrder,
  load: (r) => loadOrder(r, (symbol) => marketOf(state, symbol)),
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
