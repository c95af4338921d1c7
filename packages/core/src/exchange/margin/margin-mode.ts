import { type Rejected, reject } from '../../reject.ts';
import type { Accepted } from '../../reply.ts';
import type { MarginMode } from '../enums.ts';
import type { Step } from '../step.ts';

/** Sets a user's margin mode for a symbol, in which he then has no positions, orders or conditions (MRG-6, 3012). */
export function setMarginMode(
  step: Step,
  userId: number,
  request: { readonly symbol: string; readonly marginMode: MarginMode },
): Accepted | Rejected {
  const market = step.state.markets.get(request.symbol);
  if (market === undefined)
    return reject('SYMBOL_NOT_TRADING', { field: 'symbol', value: request.symbol, rule: 'no such symbol' });
  const { marginMode } = request;
  const done: Accepted = { ok: true, kind: 'margin-mode', symbol: market.symbol, marginMode };
  const stance = step.state.peekAccount(userId).peek(market);
  if (marginMode === stance.marginMode) return done;
  if (!stance.isIdle) {
    return reject('LEVERAGE_LOCKED', {
      field: 'marginMode',
      value: marginMode,
      rule: 'the symbol has positions, orders or conditions',
    });
  }
  const account = step.state.account(userId);
  account.stance(market).marginMode = marginMode;
  step.events.push({ type: 'margin-mode-changed', userId, symbol: market.symbol, marginMode });
  step.touch(account, 'MARGIN_MODE');
  return done;
}
