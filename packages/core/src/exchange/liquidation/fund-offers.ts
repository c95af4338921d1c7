import { divide, ONE, type PriceTicks, type QuantitySteps, type Rate } from '@openvenue/money';
import { INSURANCE_FUND_ID } from '../accounts/fund-account.ts';
import { planFills } from '../matching/fill-plan.ts';
import { executePlan } from '../matching/matching.ts';
import { endCanceled } from '../matching/order-lifecycle.ts';
import { remainingOf } from '../orders/order.ts';
import type { Step } from '../step.ts';
import type { Market } from '../symbols/market.ts';
import { fundLeg } from './insurance-fund.ts';
import { openVenueOrder } from './venue-order.ts';

/** The fund gives back a tenth of a position at a time, at most half a percent off the mark (LIQ-7). */
const OFFERED_PART = 10;
const DEFAULT_DISTANCE = 500_000 as Rate;

/**
 * The fund's offers of a price command, in listing order: of each position a tenth, at least a step, as an IOC. Where the book
 * has nothing for it, there is no order either.
 */
export function offerFundPositions(step: Step): void {
  const fund = step.state.accounts.get(INSURANCE_FUND_ID);
  if (fund === undefined) return;
  for (const market of step.state.markets.values()) {
    const quantity = fund.stanceIn(market)?.leg('BOTH').quantity ?? 0;
    if (quantity !== 0 && !market.isPaused(step.timeMs)) offer(step, market, quantity);
  }
}

function offer(step: Step, market: Market, held: number): void {
  const leg = fundLeg(step.state, market);
  const side = held > 0 ? 'SELL' : 'BUY';
  const price = offerPrice(market, held > 0);
  const exact = Math.floor(Number.MAX_SAFE_INTEGER / Math.max(price, market.parameters.maxPrice));
  const quantity = Math.min(Math.max(1, Math.floor(Math.abs(held) / OFFERED_PART)), exact) as QuantitySteps;
  const plan = planFills(step.state, {
    market,
    userId: INSURANCE_FUND_ID,
    side,
    positionSide: 'BOTH',
    quantity,
    limit: price,
    selfTradePrevention: 'CANCEL_MAKER',
    exempt: true,
  });
  if (plan.encounters.length === 0) return;
  const order = openVenueOrder(step, leg, { side, price, quantity });
  executePlan(step, order, plan);
  if (remainingOf(order) > 0) endCanceled(step, order, 'IOC');
}

/** The worst price of an offer: a sale no lower (up to the tick), a purchase no higher (down), at least one tick. */
function offerPrice({ mark, parameters }: Market, sells: boolean): PriceTicks {
  const distance = BigInt(parameters.fundOfferDistance ?? DEFAULT_DISTANCE);
  const bound = sells
    ? divide(BigInt(mark) * (ONE - distance), ONE, 'up')
    : divide(BigInt(mark) * (ONE + distance), ONE, 'down');
  return Math.max(1, Number(bound)) as PriceTicks;
}
