import { OpenVenueError } from '@openvenue/api-client';
import { createChartLines } from './chart/chart-lines.ts';
import { createFormIntentStore } from './form-intent/form-intent.ts';
import { MarketStore } from './market/market-store.ts';
import { cookieSignIn, hasSignInHint, keepSignInHint } from './session/cookie-sign-in.ts';
import type { EmbedHost } from './session/embed-host.ts';
import { NO_HOST } from './session/host-reports.ts';
import type { PageOptions } from './session/page-options.ts';
import { pageStorage } from './session/page-storage.ts';
import { keepReturnUrl, keptReturnUrl } from './session/return-url.ts';
import { Session, type SilentSignIn } from './session/session.ts';
import type { Terminal } from './terminal-context.ts';
import { createUiStore } from './ui-state/ui-state.ts';

/** What a page shows once it is known who enters. */
export type TerminalOptions = Exclude<PageOptions, { readonly kind: 'entry' }>;

/** A session, and the way in which it is signed in without the user's doing; an embedding page changes that way. */
export interface SignOn {
  readonly session: Session;
  readonly useSilentSignIn: (silentSignIn: SilentSignIn) => void;
}

/** Makes the session of a page; nobody is signed in yet. */
export function createSignOn(origin: string, options: PageOptions): SignOn {
  let current: SilentSignIn = cookieSignIn;
  const session = new Session({
    origin,
    silentSignIn: (client, reason) => current(client, reason),
    hasSessionPerToken: options.kind === 'embed',
  });
  return {
    session,
    useSilentSignIn: (silentSignIn) => {
      current = silentSignIn;
    },
  };
}

/** Makes the terminal, and begins to sign its user in. `returnUrl`: where a user who has just come by a link goes back to. */
export async function startTerminal(
  { session, useSilentSignIn }: SignOn,
  options: TerminalOptions,
  returnUrl?: string,
): Promise<Terminal> {
  const host = options.kind === 'embed' ? await openHost(options) : undefined;
  if (host !== undefined) useSilentSignIn(host.signIn);
  const isFullPage = host === undefined;
  // Storage of a third party may be refused, so the embedded terminal keeps nothing.
  const lasting = isFullPage ? pageStorage('localStorage') : undefined;
  const ofTab = isFullPage ? pageStorage('sessionStorage') : undefined;
  if (returnUrl !== undefined && ofTab !== undefined) keepReturnUrl(ofTab, returnUrl);
  const terminal: Terminal = {
    session,
    market: new MarketStore(session, options.symbol),
    ui: createUiStore(options.ui, lasting),
    formIntent: createFormIntentStore(),
    chartLines: createChartLines(),
    host: host ?? NO_HOST,
    isEmbedded: !isFullPage,
    returnUrl: ofTab === undefined ? returnUrl : keptReturnUrl(ofTab),
  };
  if (host !== undefined) {
    host.attach(terminal);
    return terminal;
  }
  if (lasting !== undefined) keepSignInHint(session, lasting);
  if (lasting !== undefined && hasSignInHint(lasting)) resume(session);
  return terminal;
}

/** The bridge is loaded where there is a page to talk to. */
async function openHost(options: Extract<PageOptions, { readonly kind: 'embed' }>): Promise<EmbedHost> {
  const { EmbedHost } = await import('./session/embed-host.ts');
  return new EmbedHost(options);
}

/** A user who was here before is signed in again; a venue that does not answer shows in the connection's state. */
function resume(session: Session): void {
  session.resume().catch((error: unknown) => {
    if (!(error instanceof OpenVenueError)) throw error;
  });
}
