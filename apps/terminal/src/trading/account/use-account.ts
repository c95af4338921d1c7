import { useMemo } from 'react';
import { useFrameStore } from '../../frame/use-frame-store.ts';
import { useSymbols, useTickers } from '../../market/use-market.ts';
import type { UserStream } from '../../session/user-stream.ts';
import { type Terminal, useAuth, useTerminal } from '../../terminal-context.ts';
import type { Instrument } from '../calculation/index.ts';
import { startAccountEffects } from '../notices/start-account-effects.ts';
import { AccountStore, type AccountView } from './account-store.ts';
import { instrumentsOf, type LiveAccount, liveAccount } from './live-account.ts';

/** One store for every sign-in, which has a stream of its own; all panels share it. */
const stores = new WeakMap<UserStream, AccountStore>();

function accountStoreOf(terminal: Terminal, stream: UserStream): AccountStore {
  const known = stores.get(stream);
  if (known !== undefined) return known;
  const store = new AccountStore(terminal.session.client, stream);
  startAccountEffects(terminal, store, stream);
  stores.set(stream, store);
  return store;
}

/** The account of the user; undefined while nobody is signed in. */
export function useAccountStore(): AccountStore | undefined {
  const terminal = useTerminal();
  const auth = useAuth();
  return auth.status === 'signed-in' ? accountStoreOf(terminal, auth.stream) : undefined;
}

/** The account, at most eleven times a second. */
export function useAccountView(store: AccountStore): AccountView {
  return useFrameStore(store.view);
}

/** The contracts with exact limits; empty until they are known. */
export function useInstruments(): ReadonlyMap<string, Instrument> {
  const symbols = useSymbols();
  return useMemo(
    () => (symbols.status === 'ready' ? instrumentsOf(symbols.list, symbols.feeLevels) : new Map<string, Instrument>()),
    [symbols],
  );
}

/** The account at the marks of now. */
export function useLiveAccount(view: AccountView): LiveAccount | undefined {
  return liveAccount(view, { instruments: useInstruments(), tickers: useTickers() });
}
