import type { PriceTicks } from '@openvenue/money';
import { opposite, type SelfTradePrevention, type Side } from './enums.ts';
import type { Market } from './market.ts';

export interface ProbeRequest {
  readonly market: Market;
  readonly userId: number;
  readonly side: Side;
  readonly quantity: number;
  readonly limit: PriceTicks;
  readonly selfTradePrevention: SelfTradePrevention;
}

export interface Probe {
  /** What would fill now, by price and self-trade prevention alone. */
  readonly quantity: number;
  readonly tickSteps: number;
  /** Whether an own order stood in the way at all, and whether it would end the order there. */
  readonly metOwn: boolean;
  readonly stoppedByOwn: boolean;
}

/** Looks what an order would fill now, without touching anything (MAT-12). Margins of the makers are not asked. */
export function probeLiquidity(request: ProbeRequest): Probe {
  const { market, side, limit } = request;
  const { book } = market;
  const makers = opposite(side);
  let remaining = request.quantity;
  let tickSteps = 0;
  let metOwn = false;
  for (let price = book.bestPrice(makers); price !== -1 && remaining > 0; price = book.nextPrice(makers, price)) {
    if (side === 'BUY' ? price > limit : price < limit) break;
    for (let handle = book.firstAt(makers, price); handle !== -1 && remaining > 0; handle = book.nextInLevel(handle)) {
      if (book.ownerIdOf(handle) === request.userId) {
        metOwn = true;
        if (request.selfTradePrevention !== 'CANCEL_MAKER') {
          return { quantity: request.quantity - remaining, tickSteps, metOwn, stoppedByOwn: true };
        }
        continue;
      }
      const taken = Math.min(remaining, book.remainingOf(handle));
      tickSteps += taken * price;
      remaining -= taken;
    }
  }
  return { quantity: request.quantity - remaining, tickSteps, metOwn, stoppedByOwn: false };
}
