import { type Money, type PriceTicks, parseDecimal } from '@openvenue/money';
import type { Event } from '../event.ts';
import { explainLiquidation } from '../exchange/liquidation/explain-liquidation.ts';
import type { LiquidationStep, Reduction } from '../exchange/liquidation/liquidation-event.ts';
import type { SymbolParameters } from '../exchange/symbols/symbol-parameters.ts';
import { BTC } from './symbols.ts';
import { TestVenue } from './test-venue.ts';

/** A symbol without trading fees, so that figures are those of the positions alone. */
export const feeless = (symbol: SymbolParameters = BTC, changes: Partial<SymbolParameters> = {}): SymbolParameters => ({
  ...symbol,
  feeLevels: [{ ...BTC.feeLevels[0]!, maker: 0 as never, taker: 0 as never }],
  ...changes,
});

/** A venue in which prices fall far and traders with little margin stand in the way. */
export class CrashScene extends TestVenue {
  /** Someone rich, at the other side of every trade that asks for nobody else. */
  readonly rich: number;

  constructor(symbols: readonly SymbolParameters[] = [feeless()]) {
    super(symbols);
    this.rich = this.user('1000000000');
  }

  trader(terms: {
    readonly wallet: string;
    readonly leverage?: number;
    readonly isolated?: boolean;
    readonly symbol?: string;
  }): number {
    const userId = this.user(terms.wallet);
    const { symbol = 'BTCUSDT' } = terms;
    if (terms.isolated === true)
      this.ok({ type: 'set-margin-mode', actor: { userId }, symbol, marginMode: 'ISOLATED' });
    this.ok({ type: 'set-leverage', actor: { userId }, symbol, leverage: terms.leverage ?? 100 });
    return userId;
  }

  fund(amount: string): void {
    this.ok({ type: 'adjust-insurance-fund', amount: parseDecimal(amount) as Money });
  }

  /** Prices that come a minute later, so that nothing of before is fresh. */
  at(prices: Readonly<Record<string, string>>): readonly Event[] {
    this.timeMs += 1_000;
    return this.prices(prices);
  }

  buys(userId: number, price: string, quantity: string, symbol = 'BTCUSDT'): void {
    this.trade(userId, this.rich, { price, quantity, symbol });
  }

  sells(userId: number, price: string, quantity: string, symbol = 'BTCUSDT'): void {
    this.trade(this.rich, userId, { price, quantity, symbol });
  }
}

/** The steps among some events; each must explain itself. */
export function stepsOf(events: readonly Event[]): readonly LiquidationStep[] {
  return explainLiquidation(events).map(({ step, faults }) => {
    if (faults.length > 0) throw new Error(`step ${step.step} of user ${step.userId}: ${faults.join('; ')}`);
    return step;
  });
}

export const reductionsOf = (events: readonly Event[]): readonly Reduction[] =>
  stepsOf(events).flatMap(({ detail }) => (detail.action === 'REDUCE' ? [detail.reduction] : []));

export const ticks = (price: string): PriceTicks => Number((parseDecimal(price) as bigint) / 10_000_000n) as PriceTicks;
