import { divide, ONE } from '@openvenue/money';
import type { Core } from '../core.ts';
import type { Account } from '../exchange/accounts/account.ts';
import { INSURANCE_FUND_ID } from '../exchange/accounts/fund-account.ts';
import type { Leg } from '../exchange/accounts/leg.ts';
import type { SymbolParameters } from '../exchange/symbols/symbol-parameters.ts';

/**
 * INV-5 and LIQ-5 over all accounts, from wallets and positions alone: nobody is below maintenance but where liquidation pauses, and a margin
 * call stands exactly for who has reached 80 % and has not been below 75 % since. The insurance fund maintains nothing.
 */
export function liquidationFaults(core: Core): string[] {
  const faults: string[] = [];
  for (const account of core.exchangeState.accounts.values()) {
    if (account.userId === INSURANCE_FUND_ID) continue;
    const cross: Leg[] = [];
    let crossWallet: bigint = account.wallet;
    for (const stance of account.stances) {
      for (const leg of stance.legs) {
        if (leg.isolated) {
          crossWallet -= leg.position.margin;
          const own = leg.quantity === 0 ? [] : [leg];
          faults.push(
            ...unitFaults(core, account, { name: nameOf(leg), wallet: leg.position.margin, legs: own, holder: leg }),
          );
        } else if (leg.quantity !== 0) cross.push(leg);
      }
    }
    faults.push(...unitFaults(core, account, { name: 'cross', wallet: crossWallet, legs: cross, holder: account }));
  }
  return faults;
}

interface Unit {
  readonly name: string;
  readonly wallet: bigint;
  readonly legs: readonly Leg[];
  readonly holder: { readonly marginCalled: boolean };
}

function unitFaults(core: Core, { userId }: Account, { name, wallet, legs, holder }: Unit): string[] {
  const faults: string[] = [];
  let balance = wallet;
  let maintained = 0n;
  for (const { quantity, cost, market } of legs) {
    const notional = BigInt(Math.abs(quantity)) * BigInt(market.mark) * market.unit;
    balance += quantity > 0 ? notional - cost : cost - notional;
    maintained += maintenance(notional, market.parameters);
  }
  if (legs.length === 0 && wallet < 0n) faults.push(`LIQ-4: user ${userId} ${name} has ${wallet} without a position`);
  const acts = legs.some(({ market }) => {
    const { status } = market.parameters;
    const frozen = core.timeMs - market.lastIndexAtMs > 10_000;
    return !frozen && status !== 'HALTED' && status !== 'CANCEL_ONLY';
  });
  if (acts && balance < maintained)
    faults.push(`INV-5: user ${userId} ${name} has a balance of ${balance} and must maintain ${maintained}`);
  // Up to four decimals, as it is shown.
  const ratio = maintained === 0n ? 0n : balance <= 0n ? 99_990_000n : divide(maintained * 10_000n, balance, 'up');
  if (holder.marginCalled ? ratio < 7_500n : ratio >= 8_000n)
    faults.push(`LIQ-5: user ${userId} ${name} is at ${ratio} of 10000, margin call ${holder.marginCalled}`);
  return faults;
}

/** MRG-5 as it is meant: each slice of the notional at its own tier's rate, up in one. */
function maintenance(notional: bigint, { tiers }: SymbolParameters): bigint {
  let exact = 0n;
  tiers.forEach(({ floor, cap, maintenanceMarginRate }, k) => {
    const top = k === tiers.length - 1 || notional < cap ? notional : cap;
    if (top > floor) exact += (top - floor) * BigInt(maintenanceMarginRate);
  });
  return divide(exact, ONE, 'up');
}

const nameOf = ({ market, positionSide }: Leg): string => `${market.symbol} ${positionSide}`;
