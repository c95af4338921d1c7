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
  /** Of an open order: the user can drag its line to another price. */
  readonly orderId?: string;
}

/** The lines of the user's account on the chart. */
export interface DrawnLines {
  readonly positions: readonly ChartLine[];
  readonly orders: readonly ChartLine[];
}

export const NO_LINES: DrawnLines = { positions: [], orders: [] };

/** An order whose line was dragged; it moves when the user confirms. */
export interface OrderMove {
  readonly orderId: string;
  /** Plain decimal on the grid of the contract. */
  readonly price: string;
}

/** What the chart and the account tell each other. */
export type ChartLines = StoreApi<DrawnLines & { readonly move: OrderMove | undefined }>;

export const createChartLines = (): ChartLines => createStore(() => ({ ...NO_LINES, move: undefined }));
