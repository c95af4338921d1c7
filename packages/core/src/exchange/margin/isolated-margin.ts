import type { Money } from '@openvenue/money';
import { type Rejected, reject } from '../../reject.ts';
import type { Accepted } from '../../reply.ts';
import type { Leg } from '../accounts/leg.ts';
import type { PositionSide } from '../enums.ts';
import type { Step } from '../step.ts';
import { availableBalance } from './margin.ts';

/** Adds isolated margin from what is available, or takes down what the position does not need (MRG-7). */
export function adjustIsolatedMargin(
  step: Step,
  userId: number,
  request: { readonly symbol: string; readonly positionSide: PositionSide; readonly amount: Money },
): Accepted | Rejected {
  const { symbol, positionSide, amount } = request;
  const market = step.state.markets.get(symbol);
  if (market === undefined)
    return reject('SYMBOL_NOT_TRADING', { field: 'symbol', value: symbol, rule: 'no such symbol' });
  const stance = step.state.peekAccount(userId).peek(market);
  if (stance.marginMode === 'CROSS')
    return reject('LEVERAGE_LOCKED', {
      field: 'symbol',
      value: symbol,
      rule: 'the margin mode of the symbol is cross',
    });
  const leg = stance.leg(positionSide);
  if (leg.quantity === 0)
    return reject('NOTHING_TO_REDUCE', {
      field: 'positionSide',
      value: positionSide,
      rule: 'there is no such position',
    });
  const account = step.state.account(userId);
  const [required, available] =
    amount > 0n ? [amount, availableBalance(account)] : [-amount as Money, removableMargin(leg)];
  if (required > 0n && required > available) {
    return reject('INSUFFICIENT_MARGIN', {
      field: 'amount',
      required,
      available,
      rule: amount > 0n ? 'more than what is available' : 'more than what the position can spare',
    });
  }
  if (amount !== 0n) {
    addMargin(leg, amount);
    step.positionChanged(account, leg, 'MARGIN');
  }
  return { ok: true, kind: 'isolated-margin', symbol, positionSide, margin: leg.position.margin };
}

/** Moves margin between the cross wallet and an isolated position: no wallet changes, so it is no ledger entry (MRG-1). */
export function addMargin(leg: Leg, amount: Money): void {
  leg.position = { ...leg.position, margin: (leg.position.margin + amount) as Money };
}

/** Most that can be taken out of an isolated position: what it has above its initial margin after its unrealised loss. */
export function removableMargin(leg: Leg): Money {
  const loss = leg.unrealizedPnl < 0n ? leg.unrealizedPnl : 0n;
  const spare = leg.position.margin + loss - leg.initialMargin;
  return (spare > 0n ? spare : 0n) as Money;
}
