import { divide, formatDecimal, type Money } from '@openvenue/money';
import { type Rejected, reject } from '../reject.ts';
import type { Account } from './account.ts';
import { availableBalance } from './margin.ts';
import type { Market } from './market.ts';
import type { Exposure } from './stance.ts';

/** Whether a tier (MRG-5) or the margin (MRG-4) is too small for one more order. */
export function marginFault(account: Account, market: Market, exposure: Exposure): Rejected | undefined {
  const stance = account.peek(market);
  const opening = stance.openingPart(exposure.side, exposure.quantity);
  if (opening === 0) return undefined;
  const held = exposure.side === 'BUY' ? stance.quantity : -stance.quantity;
  const heldValue = held > 0 ? stance.notional : 0n;
  const cap = market.tiers.capFor(stance.leverage);
  if (heldValue + stance.openingValue(exposure.side, exposure) > cap) {
    return reject('TIER_LIMIT', {
      field: 'quantity',
      rule: `at leverage ${stance.leverage} position and orders of this side may be worth at most ${formatDecimal(cap)} USDT`,
    });
  }
  const required = stance.frozenWith(exposure) - stance.frozen + openLoss(market, exposure, opening);
  const available = availableBalance(account);
  if (required > 0n && required > available)
    return reject('INSUFFICIENT_MARGIN', {
      required,
      available,
      rule: 'required margin is more than what is available',
    });
  return undefined;
}

/** What the opening part would lose at once at the mark, up (MRG-4). */
function openLoss(market: Market, exposure: Exposure, opening: number): Money {
  const atMark = exposure.quantity * market.mark;
  const loss = exposure.side === 'BUY' ? exposure.tickSteps - atMark : atMark - exposure.tickSteps;
  if (loss <= 0) return 0n as Money;
  return divide(market.valueOf(loss) * BigInt(opening), BigInt(exposure.quantity), 'up') as Money;
}
