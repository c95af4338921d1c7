import { useTerminal } from '../../terminal-context.ts';
import { useInstruments } from '../account/use-account.ts';
import { amountText, signedAmountText, toneClass, venuePrice, venueQuantity } from '../amounts.ts';
import { unitsOf } from '../calculation/index.ts';
import { dateTimeText } from '../date-time-text.ts';
import { useTradingText } from '../text/index.ts';
import type { FillView } from '../venue-types.ts';
import type { PastProps } from './order-history.tsx';
import { PastListView } from './past-list-view.tsx';
import type { Column } from './row-list.tsx';
import { SideBadge, SymbolHead } from './symbol-head.tsx';
import { usePastList } from './use-past-list.ts';

/** Every fill of the user, newest first. */
export function TradeHistory({ symbol, version, isStale }: PastProps) {
  const text = useTradingText();
  const { client } = useTerminal().session;
  const instruments = useInstruments();
  const past = usePastList<FillView>({
    key: symbol ?? '',
    version,
    read: (pageSize, page) => client.order.trades({ pageSize, page, ...(symbol === undefined ? {} : { symbol }) }),
  });
  const { columns: names, words } = text;
  const columns: readonly Column<FillView>[] = [
    {
      key: 'symbol',
      title: names.symbol,
      cell: ({ symbol: name, side }) => (
        <SymbolHead symbol={name}>
          <SideBadge side={side} />
        </SymbolHead>
      ),
    },
    { key: 'price', title: names.price, cell: ({ price, symbol: name }) => venuePrice(price, instruments.get(name)) },
    {
      key: 'size',
      title: names.size,
      cell: ({ quantity, symbol: name }) => venueQuantity(quantity, instruments.get(name)),
    },
    { key: 'value', title: names.value, cell: ({ tradeValue }) => amountText(unitsOf(tradeValue)) },
    { key: 'role', title: names.role, cell: ({ roleType }) => words[roleType] },
    { key: 'fee', title: names.fee, cell: ({ handlingFee }) => amountText(unitsOf(handlingFee)) },
    {
      key: 'realized',
      title: names.realized,
      cell: ({ realizedPnl }) => (
        <span className={toneClass(unitsOf(realizedPnl))}>{signedAmountText(unitsOf(realizedPnl))}</span>
      ),
    },
    { key: 'time', title: names.time, cell: ({ createdAt }) => dateTimeText(createdAt) },
  ];
  return (
    <PastListView
      label={text.panel.trades}
      emptyText={text.panel.noTrades}
      past={past}
      columns={columns}
      keyOf={({ fillId }) => fillId}
      isStale={isStale}
    />
  );
}
