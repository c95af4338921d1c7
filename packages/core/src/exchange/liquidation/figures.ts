import type { Money } from '@openvenue/money';
import type { Leg } from '../accounts/leg.ts';
import type { RiskUnit } from '../accounts/watched.ts';
import type { LeverageTier } from '../symbols/symbol-parameters.ts';
import type { LiquidationFigures, LiquidationPosition } from './liquidation-event.ts';
import { assess } from './risk-unit.ts';

/** What a unit stands like now, as its events tell it. */
export function figuresOf(unit: RiskUnit, timeMs: number): LiquidationFigures {
  const { wallet, balance, maintenanceMargin, held } = assess(unit);
  return {
    wallet: wallet as Money,
    balance: balance as Money,
    maintenanceMargin: maintenanceMargin as Money,
    positions: held.map((leg) => positionOf(leg, timeMs)),
  };
}

function positionOf(leg: Leg, timeMs: number): LiquidationPosition {
  const { market, positionSide, quantity, cost, unrealizedPnl, maintenanceMargin } = leg;
  const { tiers } = market;
  const k = tiers.tierOf(leg.notional);
  const { floor, cap, maintenanceMarginRate } = tiers.tiers[k] as LeverageTier;
  const tier = {
    floor,
    cap,
    maintenanceMarginRate,
    amount: tiers.exactAmount(k),
    isLast: k === tiers.tiers.length - 1,
  };
  return {
    symbol: market.symbol,
    positionSide,
    quantity,
    cost,
    mark: market.mark,
    unit: market.unit,
    tier,
    unrealizedPnl,
    maintenanceMargin,
    paused: market.isPaused(timeMs),
  };
}
