import { Badge, Button, EmptyState, showToast } from '@openvenue/ui';
import { useState } from 'react';
import type { AccountStore, PendingOrder } from '../account/account-store.ts';
import type { OpenOrder } from '../account/open-order.ts';
import { venuePrice, venueQuantity } from '../amounts.ts';
import type { Instrument } from '../calculation/index.ts';
import { dateTimeText } from '../date-time-text.ts';
import { refusalOf } from '../refusal-text.ts';
import { useTradingText } from '../text/index.ts';
import { AmendDialog } from './amend-dialog.tsx';
import { type Column, RowList } from './row-list.tsx';
import { SideBadge, SymbolHead } from './symbol-head.tsx';

export interface OpenOrdersProps {
  readonly store: AccountStore;
  readonly orders: readonly OpenOrder[];
  readonly pending: readonly PendingOrder[];
  readonly canceling: ReadonlySet<string>;
  readonly instruments: ReadonlyMap<string, Instrument>;
  readonly isStale: boolean;
}

/** An open order, or one that was sent and is not confirmed yet. */
type Shown = { readonly order: OpenOrder; readonly isPending: boolean };

/** Open orders, what is on its way before them. */
export function OpenOrders({ store, orders, pending, canceling, instruments, isStale }: OpenOrdersProps) {
  const text = useTradingText();
  const [amended, setAmended] = useState<OpenOrder>();
  const { columns: names, words, form, statuses } = text;
  const shown: readonly Shown[] = [
    ...pending.map((order) => ({ order: asOpenOrder(order), isPending: true })),
    ...orders.map((order) => ({ order, isPending: false })),
  ];
  if (shown.length === 0) return <EmptyState>{text.panel.noOrders}</EmptyState>;
  const columns: readonly Column<Shown>[] = [
    {
      key: 'symbol',
      title: names.symbol,
      cell: ({ order }) => (
        <SymbolHead symbol={order.symbol}>
          <SideBadge side={order.side} />
          {order.reduceOnly && <Badge>{words.reduceOnly}</Badge>}
          {order.makerOnly && <Badge>{words.makerOnly}</Badge>}
        </SymbolHead>
      ),
    },
    {
      key: 'type',
      title: names.type,
      cell: ({ order }) => `${order.type === 'LIMIT' ? words.limit : words.market} ${order.timeInForce}`,
    },
    {
      key: 'price',
      title: names.price,
      cell: ({ order }) =>
        order.price === '0' ? form.marketPrice : venuePrice(order.price, instruments.get(order.symbol)),
    },
    {
      key: 'filled',
      title: names.filled,
      cell: ({ order }) => {
        const instrument = instruments.get(order.symbol);
        return `${venueQuantity(order.filledQuantity, instrument)} / ${venueQuantity(order.quantity, instrument)}`;
      },
    },
    { key: 'time', title: names.time, cell: ({ order }) => dateTimeText(order.createdAt) },
    {
      key: 'status',
      title: names.status,
      cell: ({ order, isPending }) => {
        if (isPending) return statuses.sending;
        return canceling.has(order.orderId) ? statuses.canceling : statuses[order.status];
      },
    },
  ];
  const cancel = async (order: OpenOrder) => {
    const refusal = await refusalOf(text, () => store.cancel(order));
    if (refusal !== undefined) showToast({ tone: 'error', title: text.cancel.refused, detail: refusal });
  };
  return (
    <>
      <RowList
        label={text.panel.orders}
        columns={columns}
        items={shown}
        keyOf={({ order }) => order.orderId || order.clientOrderId}
        isStale={isStale}
        actionsTitle={text.panel.actions}
        actions={({ order, isPending }) => {
          const side = order.side === 'BUY' ? words.buy : words.sell;
          const isBlocked = isPending || canceling.has(order.orderId);
          return (
            <>
              <Button
                size="small"
                disabled={isBlocked || isStale}
                aria-label={text.amend.hint(side, order.quantity, order.symbol)}
                onClick={() => setAmended(order)}
              >
                {text.amend.action}
              </Button>
              <Button
                size="small"
                disabled={isBlocked}
                aria-label={text.cancel.hint(side, order.quantity, order.symbol)}
                onClick={() => void cancel(order)}
              >
                {text.cancel.action}
              </Button>
            </>
          );
        }}
      />
      <AmendDialog
        store={store}
        order={orders.find(({ orderId }) => orderId === amended?.orderId)}
        instrument={amended === undefined ? undefined : instruments.get(amended.symbol)}
        onClose={() => setAmended(undefined)}
      />
    </>
  );
}

function asOpenOrder(order: PendingOrder): OpenOrder {
  return {
    orderId: '',
    clientOrderId: order.clientOrderId,
    symbol: order.symbol,
    type: order.type,
    side: order.side,
    price: order.price ?? '0',
    quantity: order.quantity ?? '0',
    filledQuantity: '0',
    avgFilledPrice: '0',
    timeInForce: order.timeInForce ?? (order.type === 'MARKET' ? 'IOC' : 'GTC'),
    reduceOnly: order.reduceOnly ?? false,
    makerOnly: order.makerOnly ?? false,
    status: 'NEW',
    createdAt: 0,
  };
}
