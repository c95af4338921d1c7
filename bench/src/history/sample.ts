/** What the sample of a benchmark looks like, so that questions can be asked about it. */
export interface Sample {
  /** Orders, fills and ledger entries, each. Conditions and closed positions are a fifth. */
  readonly rows: number;
}

export const DAY_MS = 86_400_000;
/** All of the sample lies in this many days from `START_MS` on. */
export const DAYS = 180;
export const START_MS = Date.UTC(2026, 0, 1);
export const END_MS = START_MS + DAYS * DAY_MS;

/** From the busiest, which has a third of all rows, to the quietest. */
export const SYMBOLS = [
  'BTCUSDT',
  'ETHUSDT',
  'SOLUSDT',
  'XRPUSDT',
  'DOGEUSDT',
  'BNBUSDT',
  'ADAUSDT',
  'LTCUSDT',
  'LINKUSDT',
  'AVAXUSDT',
] as const;

/** Users are numbered from the busiest, who has a twelfth of all rows, to the quietest, who has about a hundred. */
export const usersIn = ({ rows }: Sample): number => Math.max(200, Math.floor(rows / 500));

/** An agent with a third of all users, the busiest among them, and one with a four-hundredth, none of them busy. */
export const LARGE_AGENT = 1;
export const SMALL_AGENT = 2;

/** Minutes with candles before the end. */
export const minutesIn = ({ rows }: Sample): number => Math.min(DAYS * 1_440, Math.floor(rows / 38));
