import { formatDecimal, type Money, shareOf } from '@openvenue/money';
import { type Rejected, reject } from '../../reject.ts';
import type { Account } from '../accounts/account.ts';
import type { Exposure, Leg } from '../accounts/leg.ts';
import type { Market } from '../symbols/market.ts';
import { availableBalance } from './margin.ts';

/** Whether the tiers that the leverage allows are too small for one more order (MRG-5). */
export function tierFault(leg: Leg, exposure: Exposure): Rejected | undefined {
  if (leg.isWellWithinCap(exposure.side, exposure)) return undefined;
  if (leg.openingPart(exposure.side, exposure.quantity) === 0) return undefined;
  const { cap } = leg;
  if (leg.valueOfSide(exposure.side, exposure) <= cap) return undefined;
  return reject('TIER_LIMIT', {
    field: 'quantity',
    rule: `at leverage ${leg.leverage} position and orders of this side may be worth at most ${formatDecimal(cap)} USDT`,
  });
}

/** Whether the margin is too small for one more order (MRG-4). */
export function marginFault(account: Account, leg: Leg, exposure: Exposure): Rejected | undefined {
  if (leg.openingPart(exposure.side, exposure.quantity) === 0) return undefined;
  const required = requiredMargin(leg, exposure);
  if (required <= 0n) return undefined;
  const available = availableBalance(account);
  if (required > available)
    return reject('INSUFFICIENT_MARGIN', {
      required,
      available,
      rule: 'required margin is more than what is available',
    });
  return undefined;
}

/** What one more order needs: the rise of the frozen margin, and what its opening part would lose at once (MRG-4). */
export function requiredMargin(leg: Leg, exposure: Exposure): Money {
  const opening = leg.openingPart(exposure.side, exposure.quantity);
  if (opening === 0) return 0n as Money;
  return (leg.frozenWith(exposure) - leg.frozen + openLoss(leg.market, exposure, opening)) as Money;
}

/** What the opening part would lose at once at the mark, up. */
function openLoss(market: Market, exposure: Exposure, opening: number): Money {
  const atMark = exposure.quantity * market.mark;
  const loss = exposure.side === 'BUY' ? exposure.tickSteps - atMark : atMark - exposure.tickSteps;
  if (loss <= 0) return 0n as Money;
  return shareOf(market.valueOf(loss), { part: opening, whole: exposure.quantity }, 'up') as Money;
}
