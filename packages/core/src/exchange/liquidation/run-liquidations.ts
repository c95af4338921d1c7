import type { Account } from '../accounts/account.ts';
import { INSURANCE_FUND_ID } from '../accounts/fund-account.ts';
import type { RiskUnit } from '../accounts/watched.ts';
import { isBelowMaintenance } from '../margin/maintenance.ts';
import type { Step } from '../step.ts';
import { cover, liquidate } from './ladder.ts';
import { Liquidation, Liquidations } from './liquidation.ts';
import { updateMarginCall } from './margin-call.ts';
import { isSurelyQuiet } from './quiet.ts';
import { assess, byDanger, type Endangered, unitsOf } from './risk-unit.ts';

const nothing = (): void => {};

/**
 * Looks at whom the command can have brought below maintenance (LIQ-1): after a price command at everyone whose range a mark has left,
 * after any command at the accounts it has changed. The endangered are liquidated in their order, each checked again at its turn;
 * whoever that has changed is looked at in the next round. A step only ever reduces a position, so it ends. `settle` carries out what each
 * step causes (MAT-13).
 * @returns whether anything was liquidated
 */
export function runLiquidations(step: Step, settle: (step: Step) => void = nothing): boolean {
  if (isSurelyQuiet(step)) return false;
  const { state } = step;
  let seen = step.checkedChanges;
  const all = new Liquidations(step, settle);
  let fundChanged = false;
  let acted = false;
  let accounts = step.pricesMoved ? state.risk.reached().map(accountOf) : [];
  step.pricesMoved = false;
  for (;;) {
    seen = addChanged(accounts, step.changed, seen);
    const endangered: Endangered[] = [];
    let before: Account | undefined;
    for (const account of accounts) {
      if (account === before) continue;
      before = account;
      if (account.userId === INSURANCE_FUND_ID) fundChanged = true;
      else lookAt(all, account, endangered);
    }
    if (endangered.length > 1) endangered.sort(byDanger);
    for (const { unit } of endangered) {
      if (!isBelowMaintenance(assess(unit))) continue;
      liquidate(all, unit);
      acted = true;
    }
    if (seen === step.changed.length) break;
    accounts = [];
  }
  step.checkedChanges = seen;
  const fund = state.accounts.get(INSURANCE_FUND_ID);
  if (fundChanged && fund !== undefined && fund.wallet < 0n)
    step.events.push({ type: 'insurance-fund-deficit', wallet: fund.wallet, atMs: step.timeMs });
  return acted;
}

const accountOf = ({ account }: RiskUnit): Account => account;

/**
 * Adds the accounts that have changed since `seen`, and brings all into the order of their ids, so that one that is there twice stands
 * beside itself. A fill changes its two accounts several times in a row, which is passed over here.
 * @returns how many changes have been seen now
 */
function addChanged(accounts: Account[], changed: readonly Account[], seen: number): number {
  let last: Account | undefined;
  for (let i = seen; i < changed.length; i++) {
    const account = changed[i] as Account;
    if (account !== last) accounts.push(account);
    last = account;
  }
  if (accounts.length > 1) accounts.sort(byUserId);
  return changed.length;
}

const byUserId = (a: Account, b: Account): number => a.userId - b.userId;

/** Brings margin calls, covers and the index up to what an account's units are now; adds those that are to be liquidated. */
function lookAt(all: Liquidations, account: Account, endangered: Endangered[]): void {
  const { step } = all;
  const { risk, markets } = step.state;
  for (const unit of unitsOf(account, markets)) {
    const assessment = assess(unit);
    if (assessment.held.length === 0 && assessment.wallet !== 0n) coverOutside(all, unit, assessment.wallet);
    updateMarginCall(step, unit, assessment);
    risk.watch(unit, assessment);
    const { balance, maintenanceMargin, held } = assessment;
    if (isBelowMaintenance(assessment) && held.some(({ market }) => !market.isPaused(step.timeMs)))
      endangered.push({ unit, balance, maintenanceMargin });
  }
}

/** LIQ-4 for what no liquidation has left: a wallet below 0 without a position. */
function coverOutside(all: Liquidations, unit: RiskUnit, wallet: bigint): void {
  if (wallet < 0n || unit.leg !== undefined) cover(new Liquidation(all, unit, 0));
}
