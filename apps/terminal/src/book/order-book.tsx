import { classNames, EmptyState, ErrorState, LoadingState } from '@openvenue/ui';
import { ArrowDown, ArrowLeftRight, ArrowUp } from 'lucide-react';
import { type MouseEvent, useRef, useState } from 'react';
import { fixed, NO_VALUE, percentOfRatio } from '../format/decimal-text.ts';
import { useHeight } from '../frame/use-height.ts';
import { useText } from '../i18n/index.ts';
import { useConnection, useSymbolParameters, useTape, useTicker } from '../market/use-market.ts';
import { useTerminal } from '../terminal-context.ts';
import type { BookRow, BookView } from './book-view.ts';
import { useBookView } from './use-book-view.ts';

const ROW_HEIGHT_PX = 20;
const MIDDLE_HEIGHT_PX = 32;

/** Both sides of the book around the last price. A click on a row gives its price to the order form. */
export function OrderBook({ increment }: { readonly increment: string }) {
  const text = useText();
  const { formIntent, ui } = useTerminal();
  const parameters = useSymbolParameters();
  const connection = useConnection();
  const body = useRef<HTMLDivElement>(null);
  const [unit, setUnit] = useState<'base' | 'quote'>('base');
  // The outermost rows may be cut: a side then fills its half whatever the height.
  const rows = Math.max(1, Math.ceil((useHeight(body) - MIDDLE_HEIGHT_PX) / 2 / ROW_HEIGHT_PX));
  const view = useBookView({ increment, rows, unit });
  const pricePlaces = parameters?.pricePrecision ?? 2;
  const sizePlaces = unit === 'base' ? (parameters?.quantityPrecision ?? 3) : 0;
  const choose = (event: MouseEvent) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-price]');
    const { price, depth } = row?.dataset ?? {};
    if (price !== undefined)
      formIntent.setState({ intent: { price, ...(depth === undefined ? {} : { quantity: depth }) } });
    if (price !== undefined) ui.setState({ phoneTab: 'trade' });
  };
  const asset = unit === 'base' ? parameters?.baseAsset : parameters?.quoteAsset;
  const side = (name: 'asks' | 'bids') => ({ name, rows: view[name], pricePlaces, sizePlaces });
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="grid h-7 shrink-0 grid-cols-3 items-center px-2 text-label text-muted max-sm:h-11">
        <span>{text.book.price(parameters?.quoteAsset ?? '')}</span>
        <button
          type="button"
          aria-label={`${text.book.size(asset ?? '')}. ${text.book.unit}`}
          title={text.book.unit}
          onClick={() => setUnit(unit === 'base' ? 'quote' : 'base')}
          className="flex h-6 items-center justify-end gap-1 rounded whitespace-nowrap hover:text-text max-sm:h-11"
        >
          {text.book.size(asset ?? '')}
          <ArrowLeftRight aria-hidden className="size-2.5" />
        </button>
        <span className="text-right">{text.book.total}</span>
      </div>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: whoever uses the keyboard types the price into the form. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the rows are a table; the click is a shortcut. */}
      <div
        ref={body}
        onClick={choose}
        className={classNames(
          'flex min-h-0 grow flex-col overflow-hidden [contain:strict]',
          connection !== 'open' && 'ov-stale',
        )}
      >
        <BookBody view={view} hasParameters={parameters !== undefined} asks={side('asks')} bids={side('bids')} />
      </div>
    </div>
  );
}

interface SideProps {
  readonly name: 'asks' | 'bids';
  readonly rows: readonly BookRow[];
  readonly pricePlaces: number;
  readonly sizePlaces: number;
}

interface BookBodyProps {
  readonly view: BookView;
  readonly hasParameters: boolean;
  readonly asks: SideProps;
  readonly bids: SideProps;
}

function BookBody({ view, hasParameters, asks, bids }: BookBodyProps) {
  const text = useText();
  if (view.status === 'failed') return <ErrorState message={text.book.failed} retryLabel={text.common.retry} />;
  if (view.status === 'waiting' || !hasParameters) return <LoadingState label={text.common.loading} rows={14} />;
  if (view.asks.length === 0 && view.bids.length === 0) return <EmptyState>{text.book.empty}</EmptyState>;
  return (
    <>
      <BookSide {...asks} />
      <Middle view={view} pricePlaces={asks.pricePlaces} />
      <BookSide {...bids} />
    </>
  );
}

function BookSide({ name, rows, pricePlaces, sizePlaces }: SideProps) {
  const text = useText();
  const isAsks = name === 'asks';
  return (
    // biome-ignore lint/a11y/useSemanticElements: the rows are laid out by hand; a real table measures every cell.
    <div
      role="table"
      aria-label={isAsks ? text.book.asks : text.book.bids}
      className={classNames('flex min-h-0 flex-1 basis-0 overflow-hidden', isAsks ? 'flex-col-reverse' : 'flex-col')}
    >
      {rows.map((row, index) => (
        // biome-ignore lint/a11y/useSemanticElements: see above.
        // biome-ignore lint/a11y/useFocusableInteractive: rows are read, not focused.
        <div
          role="row"
          // The place is what stays: a row keeps its element while prices move through it.
          key={index}
          data-price={row.price}
          data-depth={row.depth}
          className="relative grid h-5 shrink-0 cursor-pointer grid-cols-3 items-center px-2 tabular-nums hover:bg-raised"
        >
          <span
            aria-hidden
            className={classNames(
              'pointer-events-none absolute inset-0 origin-right opacity-[0.12]',
              isAsks ? 'bg-down' : 'bg-up',
            )}
            style={{ transform: `scaleX(${row.share.toString()})` }}
          />
          {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
          <span role="cell" className={classNames('relative', isAsks ? 'text-down' : 'text-up')}>
            {fixed(row.price, pricePlaces)}
            {row.isOwn && (
              <span
                role="img"
                aria-label={text.book.ownOrder}
                title={text.book.ownOrder}
                className="ml-1 inline-block size-1.5 rounded-full bg-accent align-middle"
              />
            )}
          </span>
          {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
          <span role="cell" className="relative text-right">
            {fixed(row.quantity, sizePlaces)}
          </span>
          {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
          <span role="cell" className="relative text-right">
            {fixed(row.total, sizePlaces)}
          </span>
        </div>
      ))}
    </div>
  );
}

function Middle({ view, pricePlaces }: { readonly view: BookView; readonly pricePlaces: number }) {
  const text = useText();
  const ticker = useTicker();
  const last = useTape().trades[0];
  const price = last?.price ?? ticker?.lastPrice;
  const isBuy = last?.side === 'BUY';
  const Arrow = isBuy ? ArrowUp : ArrowDown;
  return (
    <div
      data-price={price}
      className="flex h-8 shrink-0 cursor-pointer items-center justify-between gap-2 border-y border-line px-2"
    >
      <span
        className={classNames(
          'flex items-center gap-1 text-base font-semibold tabular-nums',
          last !== undefined && (isBuy ? 'text-up' : 'text-down'),
        )}
      >
        {price === undefined || price === '0' ? NO_VALUE : fixed(price, pricePlaces)}
        {last !== undefined && (
          <Arrow role="img" aria-label={isBuy ? text.market.up : text.market.down} className="size-3.5" />
        )}
      </span>
      <span className="truncate text-label text-muted">
        {view.spread !== undefined &&
          text.book.spread(fixed(view.spread.price, pricePlaces), percentOfRatio(view.spread.ratio, 3))}
      </span>
    </div>
  );
}
