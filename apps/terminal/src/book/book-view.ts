import { groupLevels, type LiveDepthBook, type PriceLevel } from '@openvenue/api-client';
import { formatDecimal, ONE, parseDecimal } from '@openvenue/money';

/** A row of the book as it is shown. */
export interface BookRow {
  /** Plain decimals; `quantity` and `total` in the unit that was asked for. */
  readonly price: string;
  readonly quantity: string;
  readonly total: string;
  /** Base quantity up to and including the row. */
  readonly depth: string;
  /** Share of the larger total of both sides, 0 to 1. */
  readonly share: number;
  readonly isOwn: boolean;
}

export interface BookView {
  readonly status: 'waiting' | 'live' | 'failed';
  /** Best first. */
  readonly asks: readonly BookRow[];
  readonly bids: readonly BookRow[];
  /** Best ask less best bid, and its share of the ask in units of 1e-8; undefined when a side is empty. */
  readonly spread: { readonly price: string; readonly ratio: string } | undefined;
}

/** What the view reads of a live book. */
export type ReadableBook = Pick<LiveDepthBook, 'status' | 'grouped' | 'bids' | 'asks'>;

export interface BookViewOptions {
  /** Price step that levels are put together by. */
  readonly increment: string;
  /** Rows of a side. */
  readonly rows: number;
  readonly unit: 'base' | 'quote';
  /** Prices of the user's own open orders. */
  readonly ownPrices: { readonly bids: readonly string[]; readonly asks: readonly string[] };
}

export const WAITING_BOOK: BookView = { status: 'waiting', asks: [], bids: [], spread: undefined };

/** Factors of the tick size that the user can group by. */
export const GROUPING_FACTORS = [1n, 10n, 100n, 1_000n] as const;

/** The steps that levels of a symbol can be grouped by. */
export function groupingsOf(tickSize: string): readonly string[] {
  const tick = unitsOf(tickSize);
  return GROUPING_FACTORS.map((factor) => formatDecimal(tick * factor));
}

/** What the screen shows of a book. */
export function viewOfBook(book: ReadableBook | undefined, options: BookViewOptions): BookView {
  if (book === undefined || book.status !== 'live') {
    return { ...WAITING_BOOK, status: book?.status === 'failed' ? 'failed' : 'waiting' };
  }
  const grouped = (side: 'bids' | 'asks') => book.grouped({ side, increment: options.increment, limit: options.rows });
  const asks = summed(grouped('asks'), options.unit);
  const bids = summed(grouped('bids'), options.unit);
  const largest = [asks.at(-1)?.total ?? 0n, bids.at(-1)?.total ?? 0n].reduce((a, b) => (a > b ? a : b));
  const rowsOf = (side: 'bids' | 'asks', rows: readonly SummedRow[]): BookRow[] => {
    const own = new Set(
      options.ownPrices[side].flatMap((price) =>
        groupLevels([[price, '1']], { side, increment: options.increment }).map(([group]) => group),
      ),
    );
    return rows.map(({ price, quantity, total, depth }) => ({
      price,
      quantity: formatDecimal(quantity),
      total: formatDecimal(total),
      depth: formatDecimal(depth),
      share: largest === 0n ? 0 : Number((total * 1_000n) / largest) / 1_000,
      isOwn: own.has(price),
    }));
  };
  return {
    status: 'live',
    asks: rowsOf('asks', asks),
    bids: rowsOf('bids', bids),
    spread: spreadOf(book.bids(1)[0], book.asks(1)[0]),
  };
}

interface SummedRow {
  readonly price: string;
  readonly quantity: bigint;
  readonly total: bigint;
  readonly depth: bigint;
}

function summed(levels: readonly PriceLevel[], unit: 'base' | 'quote'): readonly SummedRow[] {
  let total = 0n;
  let depth = 0n;
  return levels.map(([price, text]) => {
    const base = unitsOf(text);
    const quantity = unit === 'base' ? base : (base * unitsOf(price)) / ONE;
    total += quantity;
    depth += base;
    return { price, quantity, total, depth };
  });
}

function spreadOf(bid: PriceLevel | undefined, ask: PriceLevel | undefined): BookView['spread'] {
  if (bid === undefined || ask === undefined) return undefined;
  const askUnits = unitsOf(ask[0]);
  const spread = askUnits - unitsOf(bid[0]);
  if (spread < 0n || askUnits === 0n) return undefined;
  return { price: formatDecimal(spread), ratio: formatDecimal((spread * ONE) / askUnits) };
}

/** The venue writes plain decimals of at most eight places; anything else is not its book. */
function unitsOf(text: string): bigint {
  const units = parseDecimal(text);
  if (units === undefined) throw new RangeError(`"${text}" is not a plain decimal`);
  return units;
}
