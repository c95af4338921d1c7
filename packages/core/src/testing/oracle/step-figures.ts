import type { LiquidationFigures } from '../../exchange/liquidation/liquidation-event.ts';
import { agree } from './difference.ts';
import { standing, type Unit } from './unit.ts';

/** What a unit stands like, in the words of a step's `before` and `after` (LIQ-4). */
export type Figures = ReadonlyMap<string, string | number | bigint | boolean>;

export function figuresOf(unit: Unit, timeMs: number): Figures {
  const { wallet, balance, maintenance, held } = standing(unit);
  const figures = new Map<string, string | number | bigint | boolean>([
    ['wallet', wallet],
    ['balance', balance],
    ['maintenanceMargin', maintenance],
    ['positions', held.length],
  ]);
  const { account } = unit;
  for (const holding of held) {
    const name = `${holding.symbol} ${holding.positionSide}`;
    const symbol = account.symbol(holding.symbol);
    const tier = symbol.tierOf(account.notional(holding));
    figures.set(`quantity of ${name}`, Number(holding.quantity));
    figures.set(`cost of ${name}`, holding.cost);
    figures.set(`mark of ${name}`, Number(symbol.mark));
    figures.set(`unit of ${name}`, symbol.tickStep);
    figures.set(`unrealizedPnl of ${name}`, account.pnl(holding));
    figures.set(`maintenanceMargin of ${name}`, account.maintenance(holding));
    figures.set(`paused of ${name}`, symbol.isPaused(timeMs));
    figures.set(`tier floor of ${name}`, tier.floor);
    figures.set(`tier cap of ${name}`, tier.cap);
    figures.set(`tier rate of ${name}`, Number(tier.rate));
    figures.set(`tier amount of ${name}`, tier.amount);
    figures.set(`last tier of ${name}`, tier.isLast);
  }
  return figures;
}

/** Holds what a step says of its unit against what it was. @throws OracleDifference */
export function agreeFigures(
  when: string,
  { userId, told, own }: { readonly userId: number; readonly told: LiquidationFigures; readonly own: Figures },
): void {
  const figures: [string, unknown][] = [
    ['wallet', told.wallet],
    ['balance', told.balance],
    ['maintenanceMargin', told.maintenanceMargin],
    ['positions', told.positions.length],
  ];
  for (const { symbol, positionSide, tier, ...position } of told.positions) {
    const name = `${symbol} ${positionSide}`;
    for (const [figure, value] of Object.entries(position)) figures.push([`${figure} of ${name}`, value]);
    figures.push(
      [`tier floor of ${name}`, tier.floor],
      [`tier cap of ${name}`, tier.cap],
      [`tier rate of ${name}`, tier.maintenanceMarginRate],
      [`tier amount of ${name}`, tier.amount],
      [`last tier of ${name}`, tier.isLast],
    );
  }
  for (const [figure, core] of figures) agree(`${figure} ${when} a step`, { userId, core, oracle: own.get(figure) });
  agree(`figures ${when} a step`, { userId, core: figures.length, oracle: own.size });
}
