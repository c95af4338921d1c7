import { Badge, Button, EmptyState } from '@openvenue/ui';
import { useState } from 'react';
import type { AccountStore } from '../account/account-store.ts';
import type { LivePosition } from '../account/live-account.ts';
import { amountText, priceText, quantityText, signedAmountText, signedPercentText, toneClass } from '../amounts.ts';
import { isLong, unitsOf } from '../calculation/index.ts';
import { useTradingText } from '../text/index.ts';
import { CloseDialog, type ClosingOrder } from './close-dialog.tsx';
import { type Column, RowList } from './row-list.tsx';
import { SymbolHead } from './symbol-head.tsx';

export interface PositionsProps {
  readonly store: AccountStore;
  readonly positions: readonly LivePosition[];
  readonly isStale: boolean;
}

/** Open positions, valued at the mark of now, each with its two ways out. */
export function Positions({ store, positions, isStale }: PositionsProps) {
  const text = useTradingText();
  const [closing, setClosing] = useState<ClosingOrder>();
  if (positions.length === 0) return <EmptyState>{text.panel.noPositions}</EmptyState>;
  const { columns: names, words } = text;
  const columns: readonly Column<LivePosition>[] = [
    {
      key: 'symbol',
      title: names.symbol,
      cell: ({ view, position }) => (
        <SymbolHead symbol={view.symbol}>
          <Badge tone={isLong(position) ? 'up' : 'down'}>{isLong(position) ? words.long : words.short}</Badge>
          <Badge>{words.cross(view.leverage)}</Badge>
        </SymbolHead>
      ),
    },
    {
      key: 'size',
      title: names.size,
      cell: ({ position, instrument }) => (
        <span className={toneClass(position.quantity)}>{quantityText(position.quantity, instrument)}</span>
      ),
    },
    {
      key: 'entry',
      title: names.entry,
      cell: ({ view, instrument }) => priceText(unitsOf(view.entryPrice), instrument),
    },
    { key: 'mark', title: names.mark, cell: ({ mark, instrument }) => priceText(mark, instrument) },
    {
      key: 'pnl',
      title: names.pnl,
      cell: ({ atMark }) => (
        <span className={toneClass(atMark.unrealizedPnl)}>
          {`${signedAmountText(atMark.unrealizedPnl)} (${signedPercentText(atMark.roe)})`}
        </span>
      ),
    },
    {
      key: 'liquidation',
      title: names.liquidation,
      cell: ({ view, instrument }) => (
        <span className="text-warn">{priceText(unitsOf(view.liqPrice), instrument)}</span>
      ),
    },
    { key: 'margin', title: names.margin, cell: ({ view }) => amountText(unitsOf(view.margin)) },
    {
      key: 'value',
      title: names.positionValue,
      cell: ({ atMark }) => amountText(atMark.notional),
    },
  ];
  return (
    <>
      <RowList
        label={text.panel.positions}
        columns={columns}
        items={positions}
        keyOf={({ view }) => `${view.symbol} ${view.positionSide}`}
        isStale={isStale}
        actionsTitle={text.panel.actions}
        actions={({ view }) => (
          <>
            <Button
              size="small"
              disabled={isStale}
              title={text.close.limitHint(view.symbol)}
              aria-label={text.close.limitHint(view.symbol)}
              onClick={() => setClosing({ symbol: view.symbol, type: 'LIMIT' })}
            >
              {text.close.limit}
            </Button>
            <Button
              size="small"
              disabled={isStale}
              title={text.close.marketHint(view.symbol)}
              aria-label={text.close.marketHint(view.symbol)}
              onClick={() => setClosing({ symbol: view.symbol, type: 'MARKET' })}
            >
              {text.close.market}
            </Button>
          </>
        )}
      />
      <CloseDialog
        store={store}
        closing={closing}
        held={positions.find(({ view }) => view.symbol === closing?.symbol)}
        onClose={() => setClosing(undefined)}
      />
    </>
  );
}
