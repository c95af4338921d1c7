import type { Account } from '../accounts/account.ts';
import type { Leg } from '../accounts/leg.ts';
import type { RiskUnit } from '../accounts/watched.ts';
import type { Maintained } from '../margin/maintenance.ts';

/** A unit's balance against what it must maintain, at the present marks, and from what. */
export interface Assessment extends Maintained {
  /** Cross wallet, or the isolated position's margin. */
  readonly wallet: bigint;
  readonly unrealizedPnl: bigint;
  /** The legs that hold the positions behind these figures. */
  readonly held: readonly Leg[];
}

export function assess({ account, leg }: RiskUnit): Assessment {
  let wallet: bigint = leg === undefined ? account.wallet : leg.position.margin;
  const held: Leg[] = [];
  if (leg !== undefined) {
    if (leg.quantity !== 0) held.push(leg);
  } else {
    for (const each of account.legs) {
      if (each.isolated) wallet -= each.position.margin;
      else if (each.quantity !== 0) held.push(each);
    }
  }
  let unrealizedPnl = 0n;
  let maintenanceMargin = 0n;
  for (const each of held) {
    unrealizedPnl += each.unrealizedPnl;
    maintenanceMargin += each.maintenanceMargin;
  }
  return { wallet, unrealizedPnl, balance: wallet + unrealizedPnl, maintenanceMargin, held };
}

/**
 * The cross account and the isolated positions of a user, cross first, then in listing order, LONG before SHORT; also the legs that
 * are still watched for a position that is gone.
 */
export function unitsOf(account: Account, listing: ReadonlyMap<string, unknown>): readonly RiskUnit[] {
  const units: RiskUnit[] = [account.watched ?? { account, leg: undefined }];
  for (const stance of account.stances) {
    if (stance.marginMode !== 'ISOLATED') continue;
    for (const leg of stance.legs) {
      if (leg.watched !== undefined) units.push(leg.watched);
      else if (leg.quantity !== 0 || leg.position.margin !== 0n || leg.marginCalled) units.push({ account, leg });
    }
  }
  if (units.length > 2) {
    const place = [...listing.keys()];
    const placeOf = ({ leg }: RiskUnit): number => (leg === undefined ? -1 : place.indexOf(leg.market.symbol));
    units.sort((a, b) => placeOf(a) - placeOf(b) || side(a) - side(b));
  }
  return units;
}

const side = ({ leg }: RiskUnit): number => (leg?.positionSide === 'SHORT' ? 1 : 0);

/** A unit below maintenance, waiting for its turn. */
export interface Endangered {
  readonly unit: RiskUnit;
  readonly balance: bigint;
  readonly maintenanceMargin: bigint;
}

/** LIQ-1: highest maintenance / balance first, a balance that is not positive before all, then the lower internal user id. */
export function byDanger(a: Endangered, b: Endangered): number {
  if (a.balance <= 0n || b.balance <= 0n) {
    if (a.balance > 0n) return 1;
    if (b.balance > 0n) return -1;
    return a.unit.account.userId - b.unit.account.userId;
  }
  const left = a.maintenanceMargin * b.balance;
  const right = b.maintenanceMargin * a.balance;
  return left === right ? a.unit.account.userId - b.unit.account.userId : left > right ? -1 : 1;
}
