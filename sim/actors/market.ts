import type { Command, SourceQuote, SymbolParameters } from '@openvenue/core';
import { BTC, ETH, type RandomTraders, type SeededRandom } from '@openvenue/core/testing';
import { type Money, ONE, type PriceTicks } from '@openvenue/money';

const OPENING: readonly (readonly [SymbolParameters, number])[] = [
  [{ ...BTC, minNotional: ONE as Money }, 600_000],
  [{ ...ETH, minNotional: ONE as Money }, 30_000],
];
const SOURCES = ['alpha', 'beta', 'gamma'];

type PriceCommand = Extract<Command, { type: 'update-prices' }>;

/** Where prices are, and what the operator's feed makes of that: a walk with crashes, from sources that fail. */
export class SimulatedMarket {
  readonly symbols: readonly SymbolParameters[] = OPENING.map(([parameters]) => parameters);
  readonly #random: SeededRandom;
  readonly #centers = new Map(OPENING.map(([{ symbol }, price]) => [symbol, price]));
  readonly #spreadTicks: number;
  readonly userIds: number[] = [];

  constructor(random: SeededRandom) {
    this.#random = random;
    this.#spreadTicks = random.integer(5, 60);
  }

  get traders(): RandomTraders {
    return { userIds: this.userIds, centers: this.#centers, spreadTicks: this.#spreadTicks };
  }

  /** The next second's prices. */
  nextPrices(): PriceCommand {
    for (const [symbol, center] of this.#centers) this.#centers.set(symbol, this.#moved(center));
    return this.prices();
  }

  /** The prices as they are. */
  prices(): PriceCommand {
    const random = this.#random;
    const isDown = random.chance(1, 15);
    const symbols = [...this.#centers].map(([symbol, center]) => ({
      symbol,
      quotes: SOURCES.filter(() => !isDown && !random.chance(1, 6)).map((source) => this.#quote(source, center)),
    }));
    return { type: 'update-prices', symbols };
  }

  /** A changed configuration of one symbol. */
  configuration(): Command {
    const parameters = this.#random.pick(this.symbols);
    const maxOpenOrders = this.#random.integer(5, 200);
    return { type: 'configure-symbol', parameters: { ...parameters, maxOpenOrders } };
  }

  #moved(center: number): number {
    const random = this.#random;
    const perMille = random.chance(1, 12) ? random.integer(-300, 300) : random.integer(-4, 4);
    return Math.min(5_000_000, Math.max(2_000, Math.round(center * (1 + perMille / 1_000))));
  }

  #quote(source: string, center: number): SourceQuote {
    const random = this.#random;
    const isOutlier = random.chance(1, 15);
    const price = isOutlier ? center * random.integer(1, 4) * 2 : center + random.integer(-3, 3);
    const ageMs = random.chance(1, 15) ? random.integer(10_001, 60_000) : random.integer(0, 900);
    return { source, price: price as PriceTicks, ageMs, weight: random.integer(1, 3) };
  }
}
