import {
  bigintOf,
  divide,
  exactProduct,
  type Money,
  ONE,
  type PriceTicks,
  type QuantitySteps,
  type Rate,
} from '@openvenue/money';
import type { SymbolView } from '../../reads.ts';
import type { OrderBook } from '../book/order-book.ts';
import type { SymbolStatus, WorkingType } from '../enums.ts';
import { FundingClock } from '../funding/funding-clock.ts';
import { fundingCap, fundingRate, INTEREST_RATE } from '../funding/funding-rate.ts';
import { FRESH_MS } from '../prices/index-price.ts';
import { PremiumSamples } from '../prices/premium-samples.ts';
import { type PriceBand, priceBand } from '../prices/price-band.ts';
import { FastTriggers } from '../triggers/fast-triggers.ts';
import type { TriggerIndex } from '../triggers/trigger-index.ts';
import type { Delisting } from './delisting.ts';
import type { SymbolParameters } from './symbol-parameters.ts';
import { TierTable } from './tier-table.ts';

const MARK_WINDOW_MS = 300_000;
const BAND_WINDOW_MS = 30_000;

/** One symbol: its parameters, its book and its prices. */
export class Market {
  readonly symbol: string;
  readonly book: OrderBook;
  readonly premium = new PremiumSamples(MARK_WINDOW_MS);
  readonly funding = new FundingClock();
  #parameters: SymbolParameters;
  #unit: bigint;
  /** The unit as a double: a product with it that is a safe integer is exact, since the unit is at least 1. */
  #unitNumber: number;
  /** The least count of ticks times steps that is worth the smallest notional. */
  #minTickSteps: number;
  #tiers: TierTable;
  #band: PriceBand = { upper: 0 as PriceTicks, lower: 0 as PriceTicks };
  #bandAtMs = 0;
  version = 1;
  depthVersion = 0;
  index = 0 as PriceTicks;
  mark = 0 as PriceTicks;
  last = 0 as PriceTicks;
  degraded = false;
  /** Set when the end of the symbol has been announced (SYM-5). */
  delisting: Delisting | undefined;
  /** Command time of the last index that had a source; 0 before the first. */
  lastIndexAtMs = 0;
  /** Sum of all long positions, which is the sum of all short ones (INV-2). */
  openInterest = 0 as QuantitySteps;

  readonly #lastTriggers: TriggerIndex;
  readonly #markTriggers: TriggerIndex;

  constructor(
    parameters: SymbolParameters,
    book: OrderBook,
    createTriggers: () => TriggerIndex = () => new FastTriggers(),
  ) {
    this.#lastTriggers = createTriggers();
    this.#markTriggers = createTriggers();
    this.symbol = parameters.symbol;
    this.book = book;
    this.#parameters = parameters;
    this.#unit = (parameters.tickSize * parameters.stepSize) / ONE;
    this.#unitNumber = Number(this.#unit);
    this.#minTickSteps = minTickSteps(parameters.minNotional, this.#unit);
    this.#tiers = new TierTable(parameters.tiers);
  }

  /** The conditions that wait for a kind of price. */
  triggers(workingType: WorkingType): TriggerIndex {
    return workingType === 'MARK_PRICE' ? this.#markTriggers : this.#lastTriggers;
  }

  /** The present price of a kind; 0 before the first (CND-1). */
  priceOf(workingType: WorkingType): PriceTicks {
    return workingType === 'MARK_PRICE' ? this.mark : this.last;
  }

  /** Whether conditions with price protection may not fire now (CND-3). */
  get heldBack(): boolean {
    if (this.last === 0 || this.mark === 0) return false;
    const apart = BigInt(Math.abs(this.last - this.mark)) * ONE;
    return apart > BigInt(this.mark) * BigInt(this.#parameters.priceProtectLimit);
  }

  /** Whether orders are matched and conditions fire (SYM-4). */
  get matches(): boolean {
    const { status } = this;
    return status === 'TRADING' || status === 'REDUCE_ONLY';
  }

  get parameters(): SymbolParameters {
    return this.#parameters;
  }

  /** The state that holds now: the configured one, or a stricter one while the symbol ends (SYM-4, SYM-5). */
  get status(): SymbolStatus {
    const { status } = this.#parameters;
    if (this.hasEnded) return 'HALTED';
    return this.delisting?.phase === 'REDUCE_ONLY' && status === 'TRADING' ? 'REDUCE_ONLY' : status;
  }

  /** Whether the symbol's life is over: it is settled, and neither priced nor configured again (SYM-5). */
  get hasEnded(): boolean {
    return this.delisting?.phase === 'ENDED';
  }

  /** Money of one tick times one step (SYM-1: a whole number of 1e-8 USDT). */
  get unit(): bigint {
    return this.#unit;
  }

  get tiers(): TierTable {
    return this.#tiers;
  }

  /** Bounds for new prices, fixed between two price commands. */
  get band(): PriceBand {
    return this.#band;
  }

  reconfigure(parameters: SymbolParameters, timeMs: number): void {
    // A new interval takes the place of the one that runs; one that is due is settled first, as what it was (FND-2).
    const { funding } = this;
    const { fundingIntervalHours } = parameters;
    if (fundingIntervalHours !== funding.hours && funding.nextAtMs > timeMs)
      funding.schedule(timeMs, fundingIntervalHours);
    this.#parameters = parameters;
    this.#unit = (parameters.tickSize * parameters.stepSize) / ONE;
    this.#unitNumber = Number(this.#unit);
    this.#minTickSteps = minTickSteps(parameters.minNotional, this.#unit);
    this.#tiers = new TierTable(parameters.tiers);
    this.version++;
  }

  /** Whether so many ticks times steps are worth less than an opening order must be (SYM-2). */
  isBelowMinNotional(tickSteps: number): boolean {
    if (!Number.isSafeInteger(tickSteps)) return this.valueOf(tickSteps) < this.#parameters.minNotional;
    return tickSteps < this.#minTickSteps;
  }

  valueOf(tickSteps: number): Money {
    const product = tickSteps * this.#unitNumber;
    return (Number.isSafeInteger(product) ? bigintOf(product) : bigintOf(tickSteps) * this.#unit) as Money;
  }

  /** Exact value of a quantity at a price; negative for a short. */
  valueAt(price: number, quantity: number): Money {
    const tickSteps = price * quantity;
    if (Number.isSafeInteger(tickSteps)) return this.valueOf(tickSteps);
    return (exactProduct(price, quantity) * this.#unit) as Money;
  }

  /** Exact value of a quantity at the mark. */
  notionalAtMark(quantity: QuantitySteps): Money {
    return this.valueAt(this.mark, quantity);
  }

  /** What the market would settle at if funding were due now (FND-2). */
  get estimatedFundingRate(): Rate {
    return fundingRate(this.funding.average, { hours: this.funding.hours, cap: this.fundingCap });
  }

  /** Highest absolute funding rate (FND-2). */
  get fundingCap(): Rate {
    return fundingCap(this.#parameters.tiers[0]?.maintenanceMarginRate ?? (0 as Rate));
  }

  /** Whether index and mark are too old to open positions on (PRC-1). */
  isFrozen(timeMs: number): boolean {
    return this.mark === 0 || timeMs - this.lastIndexAtMs > FRESH_MS;
  }

  /** Whether nothing may be liquidated, matched or offered here by the venue: frozen prices, or a state that stops it (PRC-1, SYM-4). */
  isPaused(timeMs: number): boolean {
    const { status } = this.#parameters;
    return status === 'CANCEL_ONLY' || status === 'HALTED' || this.isFrozen(timeMs);
  }

  /** Command time of the samples that the band was computed from; 0 before the first. */
  get bandAtMs(): number {
    return this.#bandAtMs;
  }

  refreshBand(timeMs: number): void {
    this.#bandAtMs = timeMs;
    this.#band = priceBand({
      index: this.index,
      mark: this.mark,
      premium: this.premium.sum(timeMs, BAND_WINDOW_MS),
      inner: this.#parameters.bandInner,
      outer: this.#parameters.bandOuter,
    });
  }

  view(timeMs: number): SymbolView {
    return {
      parameters: this.#parameters,
      status: this.status,
      delistingAtMs: this.delisting?.atMs ?? 0,
      version: this.version,
      index: this.index,
      mark: this.mark,
      last: this.last,
      priceState: this.isFrozen(timeMs) ? 'FROZEN' : this.degraded ? 'DEGRADED' : 'LIVE',
      estimatedFundingRate: this.estimatedFundingRate,
      fundingRate: this.funding.rate,
      nextFundingAtMs: this.funding.nextAtMs,
      interestRate: INTEREST_RATE,
      fundingCap: this.fundingCap,
      openInterest: this.openInterest,
    };
  }

  markWindow(timeMs: number): { readonly halfTicks: number; readonly count: number } {
    return this.premium.sum(timeMs, MARK_WINDOW_MS);
  }
}

/** Rounded beyond 2^53, where it is more than any safe integer all the same. */
const minTickSteps = (minNotional: bigint, unit: bigint): number => Number(divide(minNotional, unit, 'up'));
