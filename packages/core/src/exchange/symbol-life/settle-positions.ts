import type { PriceTicks, QuantitySteps, Rate } from '@openvenue/money';
import type { Account } from '../accounts/account.ts';
import type { Leg } from '../accounts/leg.ts';
import { frozenMargin } from '../margin/margin.ts';
import { changePosition } from '../matching/change-position.ts';
import { fillPosition } from '../positions/position.ts';
import type { Step } from '../step.ts';
import type { Market } from '../symbols/market.ts';

/** Closes every position of a market at one price, without a fee (SYM-5). Longs and shorts are equal, so no money is made. */
export function settlePositions(step: Step, market: Market, price: PriceTicks): void {
  for (const account of step.state.accounts.values()) {
    for (const leg of account.stanceIn(market)?.legs ?? [])
      if (leg.quantity !== 0) settleLeg(step, { account, leg, price });
  }
  market.openInterest = 0 as QuantitySteps;
}

function settleLeg(step: Step, at: { readonly account: Account; readonly leg: Leg; readonly price: PriceTicks }): void {
  const { account, leg, price } = at;
  const { market } = leg;
  const effect = fillPosition(leg.position, {
    side: leg.quantity > 0 ? 'SELL' : 'BUY',
    price,
    quantity: Math.abs(leg.quantity) as QuantitySteps,
    feeRate: 0 as Rate,
    unit: market.unit,
    ...(leg.isolated ? { isolatedLeverage: leg.leverage } : {}),
  });
  const { closed } = changePosition(step, leg, {
    order: { userId: account.userId, closeTrigger: 'LIQUIDATION' },
    effect,
  });
  step.changeWallet(account, {
    amount: effect.realizedPnl,
    changeType: 'REALIZED_PNL',
    symbol: market.symbol,
    referenceId: 0,
    frozen: frozenMargin(account),
  });
  if (closed !== undefined) step.events.push({ type: 'position-closed', closed });
  step.positionChanged(account, leg, 'SETTLEMENT');
}
