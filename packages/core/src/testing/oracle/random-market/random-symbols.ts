import type { Money, Rate } from '@openvenue/money';
import type { Command } from '../../../command.ts';
import type { Core } from '../../../core.ts';
import type { FeeLevel, SymbolParameters } from '../../../exchange/symbols/symbol-parameters.ts';
import type { SeededRandom } from '../../random.ts';
import { BTC } from '../../symbols.ts';
import { DAY_MS, MARKET_TERMS, type MarketKind, type MarketTerms, rate, usdt } from './market-terms.ts';
import type { RandomPrices } from './random-prices.ts';

const HOUR_MS = 3_600_000;
const MOST_SYMBOLS = 5;
/** Symbols that come later in a venue's life: what has ended stays in the state, and would slow the run down more and more. */
const MOST_LISTINGS = 6;

/** Rates of the levels that a busy user climbs in a run; the makers of the highest get a rebate. */
const LEVEL_RATES = [
  { maker: rate(0.02), taker: rate(0.05) },
  { maker: rate(0.01), taker: rate(0.0333) },
  { maker: rate(0), taker: rate(0.03) },
  { maker: rate(-0.00333), taker: rate(0.02501) },
];

interface SymbolsWiring {
  readonly random: SeededRandom;
  readonly kind: MarketKind;
  readonly prices: RandomPrices;
}

/** What the operator makes of the symbols: they come, get other parameters and states, and go. */
export class RandomSymbols {
  readonly levels: readonly FeeLevel[];
  readonly #random: SeededRandom;
  readonly #kind: MarketKind;
  readonly #prices: RandomPrices;
  readonly #terms: MarketTerms;
  readonly #parameters = new Map<string, SymbolParameters>();
  #listings = 0;

  constructor({ random, kind, prices }: SymbolsWiring) {
    this.#random = random;
    this.#kind = kind;
    this.#prices = prices;
    this.#terms = MARKET_TERMS[kind];
    this.levels = LEVEL_RATES.map((rates, k) => ({ minVolume30d: usdt(this.#terms.volumes[k] ?? 0), ...rates }));
  }

  list(symbol: string): Command {
    this.#prices.begin(symbol, this.#terms.center);
    return this.#configure({
      ...BTC,
      symbol,
      baseAsset: symbol.replace('USDT', ''),
      minNotional: (this.#kind === 'wide' ? BTC.minNotional : 0n) as Money,
      tiers: this.#tiers(0),
      feeLevels: this.levels,
      fundingIntervalHours: symbol === 'BTCUSDT' ? 8 : this.#random.pick([1, 2, 4] as const),
    });
  }

  /** A symbol that comes later, while there is room for one. */
  listLater(): Command | undefined {
    if (this.#prices.centers.size >= MOST_SYMBOLS || this.#listings >= MOST_LISTINGS) return undefined;
    this.#listings++;
    return this.list(`C${this.#listings}USDT`);
  }

  /** The announced end of one of the symbols that come and go, and what may come with it; nothing for the others. */
  delist(timeMs: number): Command[] {
    const random = this.#random;
    const symbol = this.#prices.pick();
    const atMs = timeMs + DAY_MS + random.integer(-1_000, 2 * HOUR_MS);
    if (!comesAndGoes(symbol)) return [];
    const delisting: Command = { type: 'delist-symbol', symbol, atMs };
    // Nobody is liquidated where nothing trades, so the settlement finds who has long been bankrupt.
    const before = this.#parameters.get(symbol);
    if (this.#kind !== 'crash' || before === undefined || !random.chance(1, 2)) return [delisting];
    return [delisting, this.#configure({ ...before, status: 'HALTED' }, timeMs + DAY_MS / 2)];
  }

  reconfigure(timeMs: number): Command {
    const random = this.#random;
    const symbol = this.#prices.pick();
    const before = this.#parameters.get(symbol) ?? BTC;
    const change = random.pick([
      { status: random.pick(['REDUCE_ONLY', 'CANCEL_ONLY', 'HALTED', 'TRADING'] as const) },
      { feeLevels: this.levels.slice(0, random.integer(1, this.levels.length)) },
      { tiers: this.#tiers(random.integer(0, 10)) },
      { fundingIntervalHours: random.pick([1, 2, 4, 8] as const) },
      { fundCap: usdt(random.integer(0, this.#kind === 'wide' ? 100_000 : 60)) },
      { fundOfferDistance: rate(random.pick([0.1, 0.5, 0.777, 2])) },
      { liquidationFeeRate: rate(random.pick([0, 0.05, 0.1333, 0.2])) },
    ]);
    const delayMs = random.pick([0, 0, 60_000]);
    return this.#configure({ ...before, ...change }, delayMs === 0 ? undefined : timeMs + delayMs);
  }

  /** A symbol that does not trade begins again, unless it is about to end. */
  tradeAgain(core: Core): Command | undefined {
    const restricted = core.exchange
      .symbols()
      .find(({ parameters, delistingAtMs }) => parameters.status !== 'TRADING' && delistingAtMs === 0);
    if (restricted === undefined) return undefined;
    return this.#configure({ ...restricted.parameters, status: 'TRADING' });
  }

  forgetEnded(core: Core): void {
    for (const { parameters, delistingAtMs } of core.exchange.symbols())
      if (delistingAtMs !== 0 && delistingAtMs <= core.timeMs) this.#prices.end(parameters.symbol);
  }

  #configure(parameters: SymbolParameters, effectiveAtMs?: number): Command {
    this.#parameters.set(parameters.symbol, parameters);
    return { type: 'configure-symbol', parameters, ...(effectiveAtMs === undefined ? {} : { effectiveAtMs }) };
  }

  /** The tiers of the rule vectors between caps of this market, each a little stricter than the one below. */
  #tiers(stricter: number): SymbolParameters['tiers'] {
    const { caps } = this.#terms;
    return BTC.tiers.map((tier, k) => ({
      ...tier,
      floor: usdt(caps[k - 1] ?? 0),
      cap: usdt(caps[k] ?? 0),
      maintenanceMarginRate: (tier.maintenanceMarginRate + stricter * (k + 1) * 333) as Rate,
    }));
  }
}

const comesAndGoes = (symbol: string): boolean => symbol.startsWith('C');
