import type { FeeLevel, SymbolParameters, Ticker } from '../../market/ticker.ts';
import {
  type AccountAtMarks,
  accountAtMarks,
  type CrossAccount,
  costOf,
  type Instrument,
  instrumentOf,
  type PositionAtMark,
  type PositionFigures,
  positionAtMark,
  unitsOf,
} from '../calculation/index.ts';
import type { PositionView } from '../venue-types.ts';
import type { AccountView } from './account-store.ts';

/** What the market gives to value an account. */
export interface MarketContext {
  readonly instruments: ReadonlyMap<string, Instrument>;
  readonly tickers: ReadonlyMap<string, Ticker>;
}

/** A position valued at the mark of now. */
export interface LivePosition {
  readonly view: PositionView;
  readonly instrument: Instrument;
  readonly position: PositionFigures;
  readonly mark: bigint;
  readonly atMark: PositionAtMark;
}

/** The account valued at the marks of now; undefined until balances and contracts are known. */
export interface LiveAccount {
  readonly wallet: bigint;
  readonly frozen: bigint;
  readonly used: bigint;
  readonly atMarks: AccountAtMarks;
  readonly positions: readonly LivePosition[];
}

export function liveAccount(
  { balances, positions }: Pick<AccountView, 'balances' | 'positions'>,
  market: MarketContext,
): LiveAccount | undefined {
  if (balances === undefined || market.instruments.size === 0) return undefined;
  const live = positions.flatMap((view) => livePosition(view, market));
  const exact = { wallet: unitsOf(balances.wallet), frozen: unitsOf(balances.frozen), used: unitsOf(balances.used) };
  const atMarks = accountAtMarks(
    exact,
    live.map(({ atMark }) => atMark),
  );
  return { ...exact, atMarks, positions: live };
}

function livePosition(view: PositionView, { instruments, tickers }: MarketContext): LivePosition[] {
  const instrument = instruments.get(view.symbol);
  if (instrument === undefined) return [];
  const quantity = unitsOf(view.quantity);
  const cost = costOf(quantity, { notional: unitsOf(view.notional), unrealizedPnl: unitsOf(view.unrealizedPnl) });
  const position = { quantity, cost };
  const mark = markOf(tickers.get(view.symbol)) ?? unitsOf(view.markPrice);
  const atMark = positionAtMark({ position, mark, margin: unitsOf(view.margin), tiers: instrument.tiers });
  return [{ view, instrument, position, mark, atMark }];
}

/** The mark price of a ticker; undefined while there is none. */
export function markOf(ticker: Ticker | undefined): bigint | undefined {
  const mark = ticker === undefined ? 0n : unitsOf(ticker.markPrice);
  return mark > 0n ? mark : undefined;
}

/** The account as the position of one market sees it. */
export function crossAccountFor(account: LiveAccount, symbol: string): CrossAccount {
  const others = account.positions.filter(({ view }) => view.symbol !== symbol);
  return {
    wallet: account.wallet,
    otherUnrealizedPnl: others.reduce((sum, { atMark }) => sum + atMark.unrealizedPnl, 0n),
    otherMaintenanceMargin: others.reduce((sum, { atMark }) => sum + atMark.maintenanceMargin, 0n),
  };
}

/** The contracts by symbol. Every user pays the fees of the first level. */
export function instrumentsOf(
  list: readonly SymbolParameters[],
  feeLevels: readonly FeeLevel[],
): ReadonlyMap<string, Instrument> {
  return new Map(list.map((view) => [view.symbol, instrumentOf(view, feeLevels[0])]));
}
