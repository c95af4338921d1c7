import type { Command, SourceQuote, SymbolParameters } from '@openvenue/core';
import { BTC, ETH, type RandomTraders, type SeededRandom } from '@openvenue/core/testing';
import { type Money, ONE, type PriceTicks, type Rate } from '@openvenue/money';

const usdt = (amount: number): Money => (BigInt(amount) * ONE) as Money;

/** Small tiers, so that small positions reach the higher ones; the last goes on. */
const CAPS = [0, 1_500, 6_000, 30_000, 10_000_000];
/** Who has traded a little the day before pays less, and is paid for making. */
const FEE_LEVELS = [
  { minVolume30d: usdt(0), maker: 20_000 as Rate, taker: 50_000 as Rate },
  { minVolume30d: usdt(1_000), maker: -5_000 as Rate, taker: 40_000 as Rate },
];
const TERMS = {
  minNotional: usdt(1),
  fundingIntervalHours: 1,
  tiers: BTC.tiers.map((tier, k) => ({ ...tier, floor: usdt(CAPS[k] ?? 0), cap: usdt(CAPS[k + 1] ?? 0) })),
  feeLevels: FEE_LEVELS,
} as const;
const OPENING: readonly (readonly [SymbolParameters, number])[] = [
  [{ ...BTC, ...TERMS }, 600_000],
  [{ ...ETH, ...TERMS }, 30_000],
];
/** Between these the prices stay, in ticks. */
const CHEAPEST = 2_000;
const DEAREST = 5_000_000;
const SOURCES = ['alpha', 'beta', 'gamma'];

type PriceCommand = Extract<Command, { type: 'update-prices' }>;

/** Where prices are, and what the operator's feed makes of that: a walk with crashes, from sources that fail. */
export class SimulatedMarket {
  readonly symbols: readonly SymbolParameters[] = OPENING.map(([parameters]) => parameters);
  readonly #random: SeededRandom;
  readonly #centers = new Map(OPENING.map(([{ symbol }, price]) => [symbol, price]));
  /** Whether the price of a symbol that runs away falls. */
  readonly #falls = new Map<string, boolean>();
  readonly #spreadTicks: number;
  #isCrash = false;
  readonly userIds: number[];

  /** `userIds`: who is there already. */
  constructor(random: SeededRandom, userIds: readonly number[] = []) {
    this.#random = random;
    this.userIds = [...userIds];
    this.#spreadTicks = random.integer(5, 60);
  }

  get traders(): RandomTraders {
    return { userIds: this.userIds, centers: this.#centers, spreadTicks: this.#spreadTicks };
  }

  /** Whether the last move took a price by a tenth or more. */
  get isCrash(): boolean {
    return this.#isCrash;
  }

  /** The next prices. */
  nextPrices(): PriceCommand {
    this.#isCrash = false;
    for (const [symbol, center] of this.#centers) this.#centers.set(symbol, this.#moved(center));
    return this.prices();
  }

  /** The price goes far, and from one time to the next further the same way. */
  runAway(symbol: string): void {
    const center = this.#centers.get(symbol)!;
    const falls = this.#falls.get(symbol) ?? this.#random.chance(1, 2);
    this.#falls.set(symbol, falls);
    const factor = this.#random.pick(falls ? [0.7, 0.85] : [1.15, 1.3]);
    this.#centers.set(symbol, Math.min(DEAREST, Math.max(CHEAPEST, Math.round(center * factor))));
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

  #moved(center: number): number {
    const random = this.#random;
    const dice = random.integer(0, 99);
    const most = dice < 6 ? 300 : dice < 16 ? 40 : 4;
    const perMille = random.integer(-most, most);
    if (Math.abs(perMille) >= 100) this.#isCrash = true;
    return Math.min(DEAREST, Math.max(CHEAPEST, Math.round(center * (1 + perMille / 1_000))));
  }

  #quote(source: string, center: number): SourceQuote {
    const random = this.#random;
    const isOutlier = random.chance(1, 15);
    const price = isOutlier ? center * random.integer(1, 4) * 2 : center + random.integer(-3, 3);
    const ageMs = random.chance(1, 15) ? random.integer(10_001, 60_000) : random.integer(0, 900);
    return { source, price: price as PriceTicks, ageMs, weight: random.integer(1, 3) };
  }
}
