import { Badge, Button, Checkbox, EmptyState, ErrorState, LoadingState, TabList, TabPanel, Tabs } from '@openvenue/ui';
import { useState } from 'react';
import { useConnection, useSymbol } from '../../market/use-market.ts';
import { useTerminal } from '../../terminal-context.ts';
import type { AccountStore } from '../account/account-store.ts';
import { useAccountStore, useAccountView, useInstruments, useLiveAccount } from '../account/use-account.ts';
import { useTradingText } from '../text/index.ts';
import { CancelAll } from './cancel-all.tsx';
import { CloseAll } from './close-all.tsx';
import { OpenOrders } from './open-orders.tsx';
import { OrderHistory } from './order-history.tsx';
import { Positions } from './positions.tsx';
import { TradeHistory } from './trade-history.tsx';

type View = 'positions' | 'orders' | 'history' | 'trades';

/** Positions, open orders and what was before them. */
export function TradingPanel() {
  const text = useTradingText();
  const { ui, isEmbedded } = useTerminal();
  const store = useAccountStore();
  if (store !== undefined) return <AccountPanel store={store} />;
  if (isEmbedded) return <EmptyState>{text.panel.noPositions}</EmptyState>;
  const signIn = (
    <Button size="small" className="max-sm:h-11" onClick={() => ui.setState({ isSignInOpen: true })}>
      {text.panel.signIn}
    </Button>
  );
  return <EmptyState action={signIn}>{text.panel.signedOut}</EmptyState>;
}

function AccountPanel({ store }: { readonly store: AccountStore }) {
  const { panel } = useTradingText();
  const current = useSymbol();
  const account = useAccountView(store);
  const live = useLiveAccount(account);
  const instruments = useInstruments();
  const connection = useConnection();
  const [view, setView] = useState<View>('positions');
  const [isThisMarket, setThisMarket] = useState(false);
  if (account.status === 'failed') {
    return <ErrorState message={panel.failed} retryLabel={panel.retry} onRetry={() => void store.load()} />;
  }
  if (live === undefined) return <LoadingState label={panel.loading} />;
  const symbol = isThisMarket ? current : undefined;
  const isShown = (each: string) => symbol === undefined || each === symbol;
  const positions = live.positions.filter((each) => isShown(each.view.symbol));
  const orders = account.orders.filter((order) => isShown(order.symbol));
  const pending = account.pending.filter((order) => isShown(order.symbol));
  const { isStale } = account;
  const past = { symbol, isStale, version: account.pastVersion };
  return (
    <Tabs<View> value={view} onChange={setView} className="flex h-full min-h-0 flex-col">
      <div className="flex shrink-0 flex-wrap items-center justify-between gap-x-3 border-b border-line pr-3">
        <TabList<View>
          label={panel.label}
          items={[
            { value: 'positions', label: panel.withCount(panel.positions, positions.length) },
            { value: 'orders', label: panel.withCount(panel.orders, orders.length) },
            { value: 'history', label: panel.history },
            { value: 'trades', label: panel.trades },
          ]}
        />
        <div className="ml-auto flex items-center gap-3 max-sm:pl-3">
          {isStale && (
            <span title={panel.stale}>
              <Badge tone="warn">{panel.staleShort}</Badge>
            </span>
          )}
          {view === 'positions' && (
            <CloseAll store={store} positions={positions} disabled={isStale || connection !== 'open'} />
          )}
          {view === 'orders' && <CancelAll store={store} symbol={symbol} count={orders.length} />}
          <Checkbox checked={isThisMarket} onChange={setThisMarket}>
            {panel.thisMarket}
          </Checkbox>
        </div>
      </div>
      <TabPanel value="positions" className="grow">
        <Positions store={store} positions={positions} isStale={isStale || connection !== 'open'} />
      </TabPanel>
      <TabPanel value="orders" className="grow">
        <OpenOrders
          store={store}
          orders={orders}
          pending={pending}
          canceling={account.canceling}
          instruments={instruments}
          isStale={isStale}
        />
      </TabPanel>
      <TabPanel value="history" className="grow">
        <OrderHistory {...past} />
      </TabPanel>
      <TabPanel value="trades" className="grow">
        <TradeHistory {...past} />
      </TabPanel>
    </Tabs>
  );
}
