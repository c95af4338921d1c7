import { type Money, ONE } from '@openvenue/money';
import type { RiskUnit } from '../accounts/watched.ts';
import { marginRatio } from '../margin/margin.ts';
import type { Step } from '../step.ts';
import type { Assessment } from './risk-unit.ts';

/** A call goes out when the ratio reaches the first, and again only after it was below the second (LIQ-5); in 1e-8. */
const CALL_RATIO = (80n * ONE) / 100n;
const RECOVERED_RATIO = (75n * ONE) / 100n;

/** Sends or forgets a unit's margin call by its ratio now, as it is shown (MRG-8). */
export function updateMarginCall(step: Step, unit: RiskUnit, { balance, maintenanceMargin }: Assessment): void {
  const holder = unit.leg ?? unit.account;
  // The ratio is shown up to the next hundredth of a percent: this far below the call, no division has to tell.
  if (!holder.marginCalled && balance > 0n && maintenanceMargin * 5n < balance * 3n) return;
  const ratio = marginRatio(maintenanceMargin, balance);
  if (holder.marginCalled) {
    if (ratio < RECOVERED_RATIO) holder.marginCalled = false;
    return;
  }
  if (ratio < CALL_RATIO) return;
  holder.marginCalled = true;
  step.events.push({
    type: 'margin-call',
    userSequence: ++unit.account.eventSequence,
    userId: unit.account.userId,
    marginMode: unit.leg === undefined ? 'CROSS' : 'ISOLATED',
    symbol: unit.leg?.market.symbol ?? '',
    positionSide: unit.leg?.positionSide ?? 'BOTH',
    marginRatio: ratio,
    marginBalance: balance as Money,
    maintenanceMargin: maintenanceMargin as Money,
    atMs: step.timeMs,
  });
}
