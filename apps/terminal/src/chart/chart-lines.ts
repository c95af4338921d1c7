import { createStore, type StoreApi } from 'zustand/vanilla';

/** A level on the chart. */
export interface ChartLine {
  /** Unique among all lines, such as `order-123`. */
  readonly id: string;
  readonly symbol: string;
  /** Plain decimal. */
  readonly price: string;
  readonly label: string;
  readonly tone: 'up' | 'down' | 'accent' | 'warn';
  readonly style: 'solid' | 'dashed';
}

/** The lines of each part of the screen that draws some; a part replaces its own. */
export type ChartLines = StoreApi<Readonly<Record<string, readonly ChartLine[]>>>;

export const createChartLines = (): ChartLines => createStore(() => ({}));
