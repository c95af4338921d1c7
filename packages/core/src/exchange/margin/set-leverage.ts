import { formatDecimal, type Money } from '@openvenue/money';
import { type Rejected, reject } from '../../reject.ts';
import type { Accepted } from '../../reply.ts';
import type { Leg } from '../accounts/leg.ts';
import type { Stance } from '../accounts/stance.ts';
import type { Step } from '../step.ts';
import type { Market } from '../symbols/market.ts';
import { addMargin } from './isolated-margin.ts';
import { availableBalance } from './margin.ts';

/** Sets a user's leverage for a symbol; initial and frozen margin follow at once (MRG-6). */
export function setLeverage(
  step: Step,
  userId: number,
  request: { readonly symbol: string; readonly leverage: number },
): Accepted | Rejected {
  const market = step.state.markets.get(request.symbol);
  if (market === undefined)
    return reject('SYMBOL_NOT_TRADING', { field: 'symbol', value: request.symbol, rule: 'no such symbol' });
  const maximum = market.parameters.tiers[0]?.maxLeverage ?? 1;
  const { leverage } = request;
  if (!Number.isSafeInteger(leverage) || leverage < 1 || leverage > maximum) {
    return reject('OUT_OF_RANGE', {
      field: 'leverage',
      value: String(leverage),
      rule: `must be a whole number from 1 to ${maximum}`,
    });
  }
  const account = step.state.peekAccount(userId);
  const stance = account.peek(market);
  const done: Accepted = { ok: true, kind: 'leverage', symbol: market.symbol, leverage };
  if (leverage === stance.leverage) return done;

  const cap = market.tiers.capFor(leverage);
  for (const leg of stance.legs) {
    if (leg.valueOfSide('BUY') > cap || leg.valueOfSide('SELL') > cap)
      return reject('TIER_LIMIT', {
        field: 'leverage',
        value: String(leverage),
        rule: `position and orders of one side may be worth at most ${formatDecimal(cap)} USDT at this leverage`,
      });
  }
  const available = availableBalance(account);
  const before = stance.frozen + heldMargin(stance);
  const required =
    stance.atLeverage(leverage, () => stance.frozen + heldMargin(stance) + missingMargins(stance)) - before;
  if (required > 0n && required > available) {
    return reject('INSUFFICIENT_MARGIN', {
      field: 'leverage',
      value: String(leverage),
      required,
      available,
      rule: 'the margin at this leverage is more than what is available',
    });
  }
  change(step, userId, { market, leverage });
  return done;
}

/** Initial margin of cross positions, margin of isolated ones. */
function heldMargin(stance: Stance): bigint {
  let held = 0n;
  for (const leg of stance.legs) held += leg.isolated ? leg.position.margin : leg.initialMargin;
  return held;
}

/** What isolated positions are topped up by, also what funding had taken from them before. */
function missingMargins(stance: Stance): bigint {
  let missing = 0n;
  for (const leg of stance.legs) if (leg.isolated) missing += missingMargin(leg);
  return missing;
}

/** What an isolated position lacks of its initial margin (MRG-6). */
function missingMargin(leg: Leg): Money {
  const missing = leg.initialMargin - leg.position.margin;
  return (leg.quantity !== 0 && missing > 0n ? missing : 0n) as Money;
}

/** Sets the leverage; isolated positions are topped up from the cross wallet, margin above stays. */
function change(step: Step, userId: number, to: { readonly market: Market; readonly leverage: number }): void {
  const { market, leverage } = to;
  const account = step.state.account(userId);
  const stance = account.stance(market);
  stance.leverage = leverage;
  step.events.push({ type: 'leverage-changed', userId, symbol: market.symbol, leverage });
  step.touch(account, 'LEVERAGE');
  for (const leg of stance.legs) {
    if (leg.quantity === 0) continue;
    const missing = leg.isolated ? missingMargin(leg) : 0n;
    if (missing > 0n) {
      addMargin(leg, missing as Money);
      step.positionChanged(account, leg, 'LEVERAGE');
    } else step.touch(account, 'LEVERAGE', leg);
  }
}
