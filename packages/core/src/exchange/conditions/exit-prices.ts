import type { PriceTicks } from '@openvenue/money';
import type { ExitPrices } from '../../reads.ts';
import type { Account } from '../accounts/account.ts';
import type { PositionSide } from '../enums.ts';
import type { Market } from '../symbols/market.ts';
import { isTakeProfit, isTrailing } from '../triggers/trigger.ts';
import { closableOf } from './closable.ts';
import { type Condition, isArmed, onlyReduces } from './condition.ts';

/**
 * Of the conditions that close a position, the take profit and the stop whose triggers are nearest to the mark (CND-7); 0 for
 * none. At equal distance the lower one.
 */
export function exitPrices(account: Account, market: Market, positionSide: PositionSide): ExitPrices {
  const nearest = { takeProfit: 0 as PriceTicks, stopLoss: 0 as PriceTicks };
  for (const condition of account.conditions(market).values()) {
    if (condition.positionSide !== positionSide || !isArmed(condition) || !onlyReduces(condition)) continue;
    const exit = exitOf(condition);
    if (exit === undefined || closableOf(account, market, condition) === 0) continue;
    nearest[exit] = nearer(market.mark, nearest[exit], condition.stopPrice);
  }
  return nearest;
}

function exitOf(condition: Condition): keyof ExitPrices | undefined {
  if (isTrailing(condition)) return undefined;
  return isTakeProfit(condition) ? 'takeProfit' : 'stopLoss';
}

function nearer(mark: PriceTicks, a: PriceTicks, b: PriceTicks): PriceTicks {
  if (a === 0) return b;
  const difference = Math.abs(a - mark) - Math.abs(b - mark);
  return difference < 0 || (difference === 0 && a < b) ? a : b;
}
