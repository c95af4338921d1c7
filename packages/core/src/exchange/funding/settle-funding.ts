import { divide, type Money, ONE, type Rate } from '@openvenue/money';
import type { Account } from '../accounts/account.ts';
import type { Leg } from '../accounts/leg.ts';
import { frozenMargin } from '../margin/margin.ts';
import type { Step } from '../step.ts';
import type { Market } from '../symbols/market.ts';

/**
 * Settles what is due, once, whatever was missed (FND-2): every position pays or gets `Q x mark x |rate|`, paid up and received
 * down; what the rounding leaves goes to the rounding account (FND-3, SYM-3).
 */
export function settleFunding(step: Step, market: Market): void {
  const rate = market.estimatedFundingRate;
  const { hours } = market.funding;
  market.funding.settled(rate, { timeMs: step.timeMs, hours: market.parameters.fundingIntervalHours });
  step.events.push({
    type: 'funding-settled',
    symbol: market.symbol,
    rate,
    mark: market.mark,
    intervalHours: hours,
    atMs: step.timeMs,
  });
  if (rate === 0) return;
  for (const leg of holdersInOrder(step, market)) settleLeg(step, { account: leg.account, leg, rate });
}

/** Who holds a position, in the order in which the accounts began, LONG before SHORT. */
function holdersInOrder({ state }: Step, market: Market): Leg[] {
  const holders = Array.from(state.holders.in(market), (leg) => ({ leg, place: leg.account.place }));
  holders.sort((a, b) => a.place - b.place || (a.leg.positionSide < b.leg.positionSide ? -1 : 1));
  return holders.map(({ leg }) => leg);
}

function settleLeg(step: Step, at: { readonly account: Account; readonly leg: Leg; readonly rate: Rate }): void {
  const { account, leg, rate } = at;
  const amount = fundingOf(leg, rate);
  if (amount === 0n) return;
  step.state.rounding = (step.state.rounding - amount) as Money;
  if (leg.isolated) leg.position = { ...leg.position, margin: (leg.position.margin + amount) as Money };
  if (leg.life !== undefined) leg.life.fundingFeeAccum = (leg.life.fundingFeeAccum + amount) as Money;
  step.changeWallet(account, {
    amount,
    changeType: 'FUNDING_FEE',
    symbol: leg.market.symbol,
    referenceId: leg.life?.positionId ?? 0,
    frozen: frozenMargin(account),
  });
  step.positionChanged(account, leg, 'FUNDING_FEE');
}

/** Change of the wallet that a position's funding at a rate is at the present mark: minus when it pays (SYM-6). */
export function fundingOf(leg: Leg, rate: Rate): Money {
  const exact = leg.notional * BigInt(rate);
  // Paid up and received down are both down, seen from the wallet.
  return divide(leg.quantity > 0 ? -exact : exact, ONE, 'down') as Money;
}
