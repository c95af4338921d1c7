import { Button, EmptyState, ErrorState, LoadingState } from '@openvenue/ui';
import { useEffect } from 'react';
import { useSymbol, useSymbols, useTicker } from '../../market/use-market.ts';
import { useTerminal } from '../../terminal-context.ts';
import type { AccountStore } from '../account/account-store.ts';
import { markOf } from '../account/live-account.ts';
import { useAccountStore, useAccountView, useInstruments, useLiveAccount } from '../account/use-account.ts';
import type { Instrument } from '../calculation/index.ts';
import { useTradingText } from '../text/index.ts';
import { DraftForm } from './draft-form.tsx';
import { useBookLevels } from './use-book-levels.ts';

/** The form that places orders in the current symbol. */
export function OrderForm() {
  const text = useTradingText();
  const { market } = useTerminal();
  const symbols = useSymbols();
  const symbol = useSymbol();
  const instrument = useInstruments().get(symbol);
  const store = useAccountStore();
  if (store === undefined) return <SignedOutForm />;
  if (symbols.status === 'failed') {
    return (
      <ErrorState
        message={text.form.symbolFailed}
        retryLabel={text.panel.retry}
        onRetry={() => void market.loadSymbols()}
      />
    );
  }
  if (instrument === undefined) return <LoadingState label={text.panel.loading} />;
  return <AccountForm key={symbol} store={store} instrument={instrument} />;
}

function AccountForm({ store, instrument }: { readonly store: AccountStore; readonly instrument: Instrument }) {
  const text = useTradingText();
  const view = useAccountView(store);
  const account = useLiveAccount(view);
  const ticker = useTicker();
  const levels = useBookLevels();
  useEffect(() => {
    // A leverage that cannot be read is asked for again with the next snapshot; until then the default of the symbol stands.
    store.loadLeverage(instrument.symbol).catch(() => undefined);
  }, [store, instrument.symbol, view.status]);
  if (view.status === 'failed') {
    return <ErrorState message={text.form.failed} retryLabel={text.panel.retry} onRetry={() => void store.load()} />;
  }
  const mark = markOf(ticker);
  if (account === undefined || mark === undefined) return <LoadingState label={text.panel.loading} />;
  const leverage = view.leverages.get(instrument.symbol) ?? instrument.defaultLeverage;
  return (
    <DraftForm
      store={store}
      isStale={view.isStale}
      lastPrice={ticker?.lastPrice === '0' ? undefined : ticker?.lastPrice}
      context={{ instrument, leverage, mark, account, orders: view.orders, levels }}
    />
  );
}

function SignedOutForm() {
  const { form } = useTradingText();
  const { ui, isEmbedded } = useTerminal();
  if (isEmbedded) return <EmptyState>{form.signedOutEmbedded}</EmptyState>;
  const signIn = (
    <Button tone="accent" className="max-sm:h-11" onClick={() => ui.setState({ isSignInOpen: true })}>
      {form.signIn}
    </Button>
  );
  return <EmptyState action={signIn}>{form.signedOut}</EmptyState>;
}
