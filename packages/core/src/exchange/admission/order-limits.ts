import { formatDecimal, formatOnGrid, type PriceTicks, type QuantitySteps } from '@openvenue/money';
import { type Rejected, reject } from '../../reject.ts';
import type { Market } from '../symbols/market.ts';
import type { Candidate } from './candidate.ts';

/** Minima and maxima (SYM-2): the minima bind only orders with an opening part, the maxima only what users place. */
export function limitFault(
  candidate: Pick<Candidate, 'market' | 'type' | 'closePosition' | 'placedFor'>,
  order: { price: PriceTicks; total: QuantitySteps; asked: QuantitySteps; opens: boolean },
): Rejected | undefined {
  const { market, type } = candidate;
  const { parameters } = market;
  if (type === 'LIMIT' && (order.price <= 0 || order.price > parameters.maxPrice)) {
    return reject('OUT_OF_RANGE', {
      field: 'price',
      value: formatOnGrid(order.price, parameters.tickSize),
      rule: `must be above 0 and at most ${formatOnGrid(parameters.maxPrice, parameters.tickSize)}`,
    });
  }
  if (order.asked <= 0)
    return reject('OUT_OF_RANGE', {
      field: 'quantity',
      value: stepsText(Math.max(0, order.asked), market),
      rule: 'must be above 0',
    });
  const maximum = type === 'LIMIT' ? parameters.maxLimitOrderQuantity : parameters.maxMarketOrderQuantity;
  if (!candidate.closePosition && candidate.placedFor === undefined && order.asked > maximum) {
    return reject('OUT_OF_RANGE', {
      field: 'quantity',
      value: stepsText(order.asked, market),
      rule: `at most ${stepsText(maximum, market)}`,
    });
  }
  if (!order.opens) return undefined;
  if (order.total < parameters.minQuantity) {
    return reject('OUT_OF_RANGE', {
      field: 'quantity',
      value: stepsText(order.total, market),
      rule: `at least ${stepsText(parameters.minQuantity, market)}`,
    });
  }
  const price = type === 'LIMIT' ? order.price : market.mark;
  if (market.isBelowMinNotional(order.total * price)) {
    return reject('OUT_OF_RANGE', {
      field: 'quantity',
      value: stepsText(order.total, market),
      rule: `price x quantity must be at least ${formatDecimal(parameters.minNotional)} USDT`,
    });
  }
  return undefined;
}

const stepsText = (quantity: number, { parameters }: Market): string => formatOnGrid(quantity, parameters.stepSize);
