import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { useTerminal } from '../terminal-context.ts';
import type { AccountStore } from './account/account-store.ts';
import { useAccountView, useInstruments } from './account/use-account.ts';

const AmendDialog = lazy(async () => {
  const { AmendDialog: loaded } = await import('./panel/amend-dialog.tsx');
  return { default: loaded };
});

/** Asks whether an order shall move to where its line was dragged on the chart. */
export function MovedOrder({ store }: { readonly store: AccountStore }) {
  const { chartLines } = useTerminal();
  const move = useStore(chartLines, (state) => state.move);
  const { orders } = useAccountView(store);
  const instruments = useInstruments();
  if (move === undefined) return null;
  const order = orders.find(({ orderId }) => orderId === move.orderId);
  const back = () => chartLines.setState({ move: undefined });
  return (
    <Suspense>
      <AmendDialog
        store={store}
        order={order}
        instrument={order === undefined ? undefined : instruments.get(order.symbol)}
        price={move.price}
        onClose={back}
      />
    </Suspense>
  );
}
