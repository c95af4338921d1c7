import { formatDecimal } from '@openvenue/money';
import { type Rejected, reject } from '../reject.ts';
import type { Accepted } from '../reply.ts';
import { availableBalance } from './margin.ts';
import { Stance } from './stance.ts';
import type { Step } from './step.ts';

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
  for (const side of ['BUY', 'SELL'] as const) {
    const held = side === 'BUY' ? stance.quantity : -stance.quantity;
    const value = (held > 0 ? stance.notional : 0n) + stance.openingValue(side);
    if (value > cap)
      return reject('TIER_LIMIT', {
        field: 'leverage',
        value: String(leverage),
        rule: `position and orders of one side may be worth at most ${formatDecimal(cap)} USDT at this leverage`,
      });
  }
  const available = availableBalance(account);
  const after = new Stance(market, leverage);
  after.setPosition(stance.quantity, stance.cost);
  for (const order of stance.orders.values()) after.addOrder(order);
  const required = after.initialMargin + after.frozen - stance.initialMargin - stance.frozen;
  if (required > 0n && required > available) {
    return reject('INSUFFICIENT_MARGIN', {
      field: 'leverage',
      value: String(leverage),
      required,
      available,
      rule: 'the margin at this leverage is more than what is available',
    });
  }
  step.state.account(userId).stance(market).leverage = leverage;
  step.events.push({ type: 'leverage-changed', userId, symbol: market.symbol, leverage });
  step.touch(step.state.account(userId), 'LEVERAGE', market);
  return done;
}
