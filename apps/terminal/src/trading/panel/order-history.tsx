import { useTerminal } from '../../terminal-context.ts';
import { useInstruments } from '../account/use-account.ts';
import { amountText, signedAmountText, toneClass, venuePrice, venueQuantity } from '../amounts.ts';
import { unitsOf } from '../calculation/index.ts';
import { dateTimeText } from '../date-time-text.ts';
import { endReasonText } from '../notices/end-reason.ts';
import { useTradingText } from '../text/index.ts';
import type { OrderView } from '../venue-types.ts';
import { PastListView } from './past-list-view.tsx';
import type { Column } from './row-list.tsx';
import { SideBadge, SymbolHead } from './symbol-head.tsx';
import { usePastList } from './use-past-list.ts';

export interface PastProps {
  /** Only this symbol; left out: all of them. */
  readonly symbol: string | undefined;
  readonly version: number;
  readonly isStale: boolean;
}

/** Every order of the user, newest first. */
export function OrderHistory({ symbol, version, isStale }: PastProps) {
  const text = useTradingText();
  const { client } = useTerminal().session;
  const instruments = useInstruments();
  const past = usePastList<OrderView>({
    key: symbol ?? '',
    version,
    read: (pageSize, page) => client.order.history({ pageSize, page, ...(symbol === undefined ? {} : { symbol }) }),
  });
  const { columns: names, words, form } = text;
  const columns: readonly Column<OrderView>[] = [
    {
      key: 'symbol',
      title: names.symbol,
      cell: (order) => (
        <SymbolHead symbol={order.symbol}>
          <SideBadge side={order.side} />
        </SymbolHead>
      ),
    },
    { key: 'type', title: names.type, cell: ({ type }) => (type === 'LIMIT' ? words.limit : words.market) },
    {
      key: 'price',
      title: names.price,
      cell: ({ price, symbol: name }) => (price === '0' ? form.marketPrice : venuePrice(price, instruments.get(name))),
    },
    {
      key: 'average',
      title: names.average,
      cell: ({ avgFilledPrice, symbol: name }) => venuePrice(avgFilledPrice, instruments.get(name)),
    },
    {
      key: 'filled',
      title: names.filled,
      cell: ({ filledQuantity, quantity, symbol: name }) => {
        const instrument = instruments.get(name);
        return `${venueQuantity(filledQuantity, instrument)} / ${venueQuantity(quantity, instrument)}`;
      },
    },
    {
      key: 'realized',
      title: names.realized,
      cell: ({ realizedPnl }) => (
        <span className={toneClass(unitsOf(realizedPnl))}>{signedAmountText(unitsOf(realizedPnl))}</span>
      ),
    },
    { key: 'fee', title: names.fee, cell: ({ handlingFee }) => amountText(unitsOf(handlingFee)) },
    { key: 'time', title: names.time, cell: ({ createdAt }) => dateTimeText(createdAt) },
    {
      key: 'status',
      title: names.status,
      cell: ({ status, rejectReason }) => {
        const reason = endReasonText(text, rejectReason);
        return (
          <span title={reason}>
            {text.statuses[status]}
            {reason !== undefined && <span className="sr-only"> {reason}</span>}
          </span>
        );
      },
    },
  ];
  return (
    <PastListView
      label={text.panel.history}
      emptyText={text.panel.noHistory}
      past={past}
      columns={columns}
      keyOf={({ orderId }) => orderId}
      isStale={isStale}
    />
  );
}
