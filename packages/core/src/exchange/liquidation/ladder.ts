import type { Money } from '@openvenue/money';
import type { Leg } from '../accounts/leg.ts';
import type { RiskUnit } from '../accounts/watched.ts';
import { isBelowMaintenance } from '../margin/maintenance.ts';
import { cancelResting } from '../matching/order-lifecycle.ts';
import type { Order } from '../orders/order.ts';
import type { Market } from '../symbols/market.ts';
import { moveFromFund } from './insurance-fund.ts';
import { Liquidation, type Liquidations } from './liquidation.ts';
import type { LiquidationAction, SetOff } from './liquidation-event.ts';
import { reducePosition } from './reduce-position.ts';
import { assess } from './risk-unit.ts';
import { fillOffBook, openVenueOrder } from './venue-order.ts';

/** Takes a unit that is below maintenance down the ladder until it is not, or nothing that may be touched is left (LIQ-2). */
export function liquidate(all: Liquidations, unit: RiskUnit): void {
  const { state, timeMs } = all.step;
  const liquidation = new Liquidation(all, unit, state.nextLiquidationId++);
  const markets = [...state.markets.values()].filter((market) => !market.isPaused(timeMs));
  liquidation.record(() => cancelOpeningOrders(liquidation));
  all.settle();
  for (const market of unit.leg === undefined ? markets : []) {
    if (setOffQuantity(unit, market) === 0) continue;
    if (!isBelowMaintenance(assess(unit))) break;
    liquidation.record(() => setOffLegs(liquidation, market));
    all.settle();
  }
  while (isBelowMaintenance(assess(unit))) {
    const leg = heaviest(unit, markets);
    if (leg === undefined) break;
    liquidation.record(() => reducePosition(liquidation, leg));
    all.settle();
  }
  cover(liquidation);
}

/** (1) Its orders that are not reduce-only: of all cross symbols, or of the isolated leg; those of halted symbols stay (SYM-4). */
function cancelOpeningOrders({ all, unit }: Liquidation): LiquidationAction {
  const orders: Order[] = [];
  for (const stance of unit.account.stances) {
    if (stance.market.parameters.status === 'HALTED') continue;
    if (unit.leg === undefined ? stance.marginMode === 'ISOLATED' : stance.market !== unit.leg.market) continue;
    for (const order of stance.orders.values()) {
      if (!order.reduceOnly && (unit.leg === undefined || order.positionSide === unit.leg.positionSide))
        orders.push(order);
    }
  }
  orders.sort((a, b) => a.orderId - b.orderId);
  for (const order of orders) cancelResting(all.step, order, 'LIQUIDATION');
  return { action: 'CANCEL_ORDERS', orderIds: orders.map(({ orderId }) => orderId) };
}

/** How much of the two legs of a cross hedge stands against each other; 0 when there is none. */
function setOffQuantity({ account }: RiskUnit, market: Market): SetOff['quantity'] {
  const stance = account.stanceIn(market);
  if (stance === undefined || stance.marginMode === 'ISOLATED') return 0 as SetOff['quantity'];
  let long = 0;
  let short = 0;
  for (const { positionSide, quantity } of stance.legs) {
    if (positionSide === 'LONG') long = quantity;
    else if (positionSide === 'SHORT') short = -quantity;
  }
  return Math.min(long, short) as SetOff['quantity'];
}

/** (2) The legs of a cross hedge against each other at mark: the balance stays as it is, and less is to be maintained. */
function setOffLegs({ all, unit }: Liquidation, market: Market): LiquidationAction {
  const stance = unit.account.stance(market);
  const [long, short] = [stance.leg('LONG'), stance.leg('SHORT')];
  const quantity = setOffQuantity(unit, market);
  const exact = Math.floor(Number.MAX_SAFE_INTEGER / market.mark);
  const price = market.mark;
  for (let rest: number = quantity; rest > 0; ) {
    const part = Math.min(rest, exact) as SetOff['quantity'];
    const maker = openVenueOrder(all.step, short, { side: 'BUY', price, quantity: part });
    const taker = openVenueOrder(all.step, long, { side: 'SELL', price, quantity: part });
    fillOffBook(
      all.step,
      {
        maker: { order: maker, leg: short, cutReason: 'LIQUIDATION' },
        taker: { order: taker, leg: long, cutReason: 'LIQUIDATION' },
      },
      { price, quantity: part },
    );
    rest -= part;
  }
  return { action: 'SET_OFF', setOff: { symbol: market.symbol, quantity, price } };
}

/** The position with the highest maintenance margin that may be touched; of equal ones the first in listing order, LONG first. */
function heaviest(unit: RiskUnit, markets: readonly Market[]): Leg | undefined {
  if (unit.leg !== undefined)
    return markets.includes(unit.leg.market) && unit.leg.quantity !== 0 ? unit.leg : undefined;
  let found: Leg | undefined;
  for (const market of markets) {
    const stance = unit.account.stanceIn(market);
    if (stance === undefined || stance.marginMode === 'ISOLATED') continue;
    for (const leg of stance.legs) {
      if (leg.quantity !== 0 && (found === undefined || leg.maintenanceMargin > found.maintenanceMargin)) found = leg;
    }
  }
  return found;
}

/**
 * Ends what a unit without positions leaves (LIQ-4): an isolated margin goes back to the cross wallet, and what is below 0 is paid by the
 * insurance fund.
 */
export function cover(liquidation: Liquidation): void {
  const { unit, all } = liquidation;
  const { wallet, held } = assess(unit);
  if (held.length > 0) return;
  if (wallet < 0n) liquidation.record(() => payIn(liquidation, -wallet as Money));
  if (unit.leg !== undefined && wallet !== 0n) release(all, unit.leg, wallet);
}

function payIn({ unit, all }: Liquidation, amount: Money): LiquidationAction {
  const { leg, account } = unit;
  if (leg !== undefined) leg.position = { ...leg.position, margin: (leg.position.margin + amount) as Money };
  const symbol = leg?.market.symbol ?? '';
  moveFromFund(all.step, account, { amount, changeType: 'INSURANCE', symbol, referenceId: 0 });
  return { action: 'COVER', amount };
}

function release({ step }: Liquidations, leg: Leg, margin: bigint): void {
  if (margin > 0n) leg.position = { ...leg.position, margin: 0n as Money };
  step.positionChanged(leg.account, leg, 'LIQUIDATION');
}
