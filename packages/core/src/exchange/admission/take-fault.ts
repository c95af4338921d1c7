import type { PriceTicks } from '@openvenue/money';
import { type Rejected, reject } from '../../reject.ts';
import type { FillPlan } from '../matching/fill-plan.ts';
import type { Candidate } from './candidate.ts';

/** Why an order may not go on with what it would take: nothing to fill (MAT-2, MAT-4, MAT-6). */
export function takeFault(
  candidate: Candidate,
  plan: FillPlan,
  order: { readonly limit: PriceTicks; readonly quantity: number },
): Rejected | undefined {
  if (candidate.timeInForce === 'FOK') {
    if (plan.filled === order.quantity) return undefined;
    if (plan.stop === 'self-trade') return reject('SELF_TRADE', { rule: 'an own order stands in the way' });
    const rule = plan.stop === 'margin' ? 'the margin is too small to fill it whole' : 'cannot be filled whole now';
    return reject('FOK_NOT_FILLABLE', { field: 'quantity', rule });
  }
  if (plan.filled > 0 || plan.stop === 'margin') return undefined;
  if (plan.stop === 'self-trade') {
    return candidate.selfTradePrevention === 'CANCEL_TAKER'
      ? reject('SELF_TRADE', { rule: 'an own order stands in the way' })
      : undefined;
  }
  if (candidate.type !== 'MARKET') return undefined;
  return plan.metOwn
    ? reject('SELF_TRADE', { rule: 'only own orders stand within the price protection' })
    : reject('NO_LIQUIDITY', { boundTicks: order.limit, rule: 'nothing to take within the price protection' });
}

/** Why a maker-only order may not come in: it would take at once (MAT-3). */
export function makerFault({ market, side }: Candidate, price: PriceTicks): Rejected | undefined {
  const bestBid = market.book.bestPrice('BUY');
  const bestAsk = market.book.bestPrice('SELL');
  if (side === 'BUY' ? bestAsk === -1 || price < bestAsk : price > bestBid) return undefined;
  return reject('WOULD_TAKE', {
    field: 'makerOnly',
    rule: 'the order would take at once',
    ...(bestBid === -1 ? {} : { bestBidTicks: bestBid }),
    ...(bestAsk === -1 ? {} : { bestAskTicks: bestAsk }),
  });
}
