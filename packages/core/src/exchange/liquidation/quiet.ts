import type { Account } from '../accounts/account.ts';
import { INSURANCE_FUND_ID } from '../accounts/fund-account.ts';
import type { Leg } from '../accounts/leg.ts';
import type { Step } from '../step.ts';
import { surelyContain } from './safe-range.ts';

/*
 * Most commands change accounts that are far from a margin call, and to tell so takes doubles and no allocation. Only a yes counts:
 * whoever is not surely quiet is looked at exactly.
 */

/** Whether a look at what the command has changed would surely find nothing and change nothing. */
export function isSurelyQuiet(step: Step): boolean {
  if (step.pricesMoved) return false;
  const { changed } = step;
  let last: Account | undefined;
  for (let i = step.checkedChanges; i < changed.length; i++) {
    const account = changed[i] as Account;
    if (account !== last && !isAccountQuiet(account)) return false;
    last = account;
  }
  step.checkedChanges = changed.length;
  return true;
}

/** Cross alone, with no position or one, no call, and a watch that still holds. */
function isAccountQuiet(account: Account): boolean {
  if (account.marginCalled || account.userId === INSURANCE_FUND_ID) return false;
  let held: Leg | undefined;
  for (const leg of account.legs) {
    if (leg.isolated) return false;
    if (leg.quantity === 0) continue;
    if (held !== undefined) return false;
    held = leg;
  }
  const { watched } = account;
  if (held === undefined) return watched === undefined && account.wallet >= 0n;
  if (watched === undefined || watched.waiting || watched.ranges.length !== 1) return false;
  const range = watched.ranges[0];
  return range !== undefined && range.market === held.market && surelyContain(range, account.wallet, held);
}
