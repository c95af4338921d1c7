import type { Money, Rate } from '@openvenue/money';

/**
 * `wide`: rich traders close to a price of 60,000. `tight`: poor ones at the highest leverage, and prices that move by a percent.
 * `crash`: more of these, with small tiers and a small insurance fund, and prices that now and then fall or jump by a tenth.
 */
export type MarketKind = 'wide' | 'tight' | 'crash';
export const MARKET_KINDS: readonly MarketKind[] = ['wide', 'tight', 'crash'];

/** What makes a kind of market what it is. */
export interface MarketTerms {
  /** Price around which it all happens, in ticks. */
  readonly center: number;
  readonly spreadTicks: number;
  readonly wallets: readonly string[];
  readonly leverages: readonly number[];
  /** Upper ends of the tiers, in USDT. */
  readonly caps: readonly number[];
  /** Volumes at which fee levels begin, in USDT. */
  readonly volumes: readonly number[];
}

export const MARKET_TERMS: Readonly<Record<MarketKind, MarketTerms>> = {
  wide: {
    center: 600_000,
    spreadTicks: 150,
    wallets: ['2000000', '2000000', '2000000', '400'],
    leverages: [10],
    caps: [50_000, 250_000, 1_000_000, 10_000_000],
    volumes: [0, 100_000, 1_000_000, 5_000_000],
  },
  tight: {
    center: 6_000,
    spreadTicks: 80,
    wallets: ['1000000', '1', '0.6', '0.8', '0.5', '1.2'],
    leverages: [100],
    caps: [50_000, 250_000, 1_000_000, 10_000_000],
    volumes: [0, 100, 1_000, 5_000],
  },
  crash: {
    center: 6_000,
    spreadTicks: 60,
    wallets: ['1000000', '20', '6', '8', '3', '1.2', '12', '0.5', '30', '2', '5', '40'],
    leverages: [100, 50, 20, 100, 50],
    caps: [10, 40, 150, 100_000],
    volumes: [0, 300, 3_000, 20_000],
  },
};

/** An amount of USDT, to the sixth decimal. */
export const usdt = (amount: number): Money => (BigInt(Math.round(amount * 1_000_000)) * 100n) as Money;
export const rate = (percent: number): Rate => Math.round(percent * 1_000_000) as Rate;

export const DAY_MS = 24 * 3_600_000;
