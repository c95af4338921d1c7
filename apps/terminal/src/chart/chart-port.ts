import type { ChartLine } from './chart-lines.ts';

export const INTERVALS = ['1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '12h', '1d', '1w', '1M'] as const;
export type Interval = (typeof INTERVALS)[number];

/** A candle for the screen: coordinates of a drawing, not amounts to calculate with. */
export interface Candle {
  /** Unix milliseconds. */
  readonly openTime: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** Where the candles of one chart come from. */
export interface CandleSource {
  /** The newest candles, or the newest of those that begin before a time; oldest first. Empty: there are none. */
  load(beforeMs?: number): Promise<readonly Candle[]>;
  /** Hears of the candle under way. Returns the function that ends the listening. */
  subscribe(listener: (candle: Candle) => void): () => void;
}

export interface ChartSeries {
  readonly symbol: string;
  readonly interval: Interval;
  readonly pricePlaces: number;
  readonly volumePlaces: number;
  readonly source: CandleSource;
}

/** CSS colours, as the page has them now. */
export interface ChartColors {
  readonly panel: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly accent: string;
  readonly warn: string;
  readonly up: string;
  readonly down: string;
  readonly upSolid: string;
  readonly downSolid: string;
  readonly accentSolid: string;
}

export const INDICATORS = ['MA', 'EMA', 'BOLL', 'VOL', 'MACD', 'RSI'] as const;
export type Indicator = (typeof INDICATORS)[number];

/** What the screen needs of a library of charts. */
export interface ChartPort {
  setSeries(series: ChartSeries): void;
  setColors(colors: ChartColors): void;
  setLocale(locale: 'en' | 'zh-CN'): void;
  setIndicators(indicators: readonly Indicator[]): void;
  setLines(lines: readonly ChartLine[]): void;
  /** Takes the chart out of its element for good. */
  dispose(): void;
}

export interface ChartPortOptions {
  readonly element: HTMLElement;
  readonly colors: ChartColors;
  readonly locale: 'en' | 'zh-CN';
  /** The user has let go of a line at a price, which may be off the grid; the chart shows it there until its lines are set anew. */
  readonly onDragged: (line: ChartLine, price: number) => void;
}

/** Makes a chart in an element. */
export type CreateChart = (options: ChartPortOptions) => ChartPort;
