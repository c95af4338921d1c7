import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { ChartLines } from './chart/chart-lines.ts';
import type { FormIntentStore } from './form-intent/form-intent.ts';
import type { MarketStore } from './market/market-store.ts';
import type { HostReports } from './session/host-reports.ts';
import type { AuthState, Session } from './session/session.ts';
import type { UiState, UiStore } from './ui-state/ui-state.ts';

/** Everything that the parts of one terminal share. */
export interface Terminal {
  readonly session: Session;
  readonly market: MarketStore;
  readonly ui: UiStore;
  readonly formIntent: FormIntentStore;
  readonly chartLines: ChartLines;
  /** Tells an embedding page of orders; does nothing on a page of its own. */
  readonly host: HostReports;
  /** In the page of a partner, who signs the user in. */
  readonly isEmbedded: boolean;
  /** Where a user that came by a link of a partner goes back to. */
  readonly returnUrl: string | undefined;
}

export const TerminalContext = createContext<Terminal | undefined>(undefined);

/** @throws Error outside of a terminal */
export function useTerminal(): Terminal {
  const terminal = use(TerminalContext);
  if (terminal === undefined) throw new Error('there is no terminal around this component');
  return terminal;
}

export function useUi<T>(select: (state: UiState) => T): T {
  return useStore(useTerminal().ui, select);
}

export function useAuth(): AuthState {
  return useStore(useTerminal().session.auth);
}
