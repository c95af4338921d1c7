import type { Money } from '@openvenue/money';
import type { AccountFigures } from '../../event.ts';
import type { Account } from './account.ts';

/**
 * The figures of an account event (MRG-2 to MRG-4). They are a part of the margin figures: every command that touches an account sends
 * them, and what an account must maintain is dear and not among them.
 */
export function accountFigures(account: Account): AccountFigures {
  const { wallet } = account;
  let frozen = 0n;
  let used = 0n;
  let unrealizedPnl = 0n;
  for (const leg of account.legs) {
    frozen += leg.frozen;
    if (leg.isolated) used += leg.position.margin;
    else if (leg.quantity !== 0) {
      used += leg.initialMargin;
      unrealizedPnl += leg.unrealizedPnl;
    }
  }
  const available = wallet - used - frozen;
  return {
    wallet,
    frozen: frozen as Money,
    used: used as Money,
    available: (unrealizedPnl < 0n ? available + unrealizedPnl : available) as Money,
  };
}
