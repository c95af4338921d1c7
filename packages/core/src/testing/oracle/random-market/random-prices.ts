import type { PriceTicks } from '@openvenue/money';
import type { Command, SourceQuote } from '../../../command.ts';
import type { SeededRandom } from '../../random.ts';

/** Where the prices of the symbols that live are, in ticks, and what their sources say of them. */
export class RandomPrices {
  readonly centers = new Map<string, number>();
  readonly #homes = new Map<string, number>();
  readonly #random: SeededRandom;
  readonly #spreadTicks: number;

  constructor(random: SeededRandom, spreadTicks: number) {
    this.#random = random;
    this.#spreadTicks = spreadTicks;
  }

  begin(symbol: string, center: number): void {
    this.centers.set(symbol, center);
    this.#homes.set(symbol, center);
  }

  end(symbol: string): void {
    this.centers.delete(symbol);
  }

  /** A symbol that lives. */
  pick(): string {
    return this.#random.pick([...this.centers.keys()]);
  }

  /** Mostly by less than a percent; one time in eight by up to a tenth, and never away for good. */
  move(): Command {
    const random = this.#random;
    for (const [symbol, center] of this.centers) {
      const home = this.#homes.get(symbol) ?? center;
      const most = random.chance(1, 8) ? Math.floor(home / 12) : Math.floor(home / 150);
      const next = center + random.integer(-most, most);
      this.centers.set(symbol, Math.min(Math.floor(1.5 * home), Math.max(Math.floor(0.67 * home), next)));
    }
    return this.singleSource();
  }

  /** All prices move, one of them far; they come back to where they began in the long run. */
  gap(): Command {
    const random = this.#random;
    const far = this.pick();
    for (const [symbol, center] of this.centers) {
      const home = this.#homes.get(symbol) ?? center;
      const step = Math.floor(center / (symbol === far ? 40 : 400));
      const back = Math.floor((home - center) / 20);
      this.centers.set(symbol, center + back + random.integer(-step, step));
    }
    return this.severalSources();
  }

  /** One source for each symbol, but for one that now and then has lost it. */
  singleSource(): Command {
    const silent = this.#random.chance(1, 10) ? this.pick() : undefined;
    const symbols = [...this.centers].map(([symbol, center]) => ({
      symbol,
      quotes: symbol === silent ? [] : [{ source: 's', price: center as PriceTicks, ageMs: 0, weight: 1 }],
    }));
    return { type: 'update-prices', symbols };
  }

  /** Several sources, some of them old, far off or silent. */
  severalSources(): Command {
    const random = this.#random;
    const spreadTicks = this.#spreadTicks;
    const symbols = [...this.centers].map(([symbol, center]) => {
      const count = random.pick([0, 1, 2, 3, 3, 4]);
      const quotes: SourceQuote[] = Array.from({ length: count }, (_, n) => ({
        source: `s${n}`,
        price: Math.max(
          1,
          center + random.integer(-spreadTicks, spreadTicks) + (random.chance(1, 12) ? Math.floor(center / 10) : 0),
        ) as PriceTicks,
        ageMs: random.chance(1, 8) ? 15_000 : random.integer(0, 9_000),
        weight: random.integer(1, 3),
      }));
      return { symbol, quotes };
    });
    return { type: 'update-prices', symbols };
  }
}
