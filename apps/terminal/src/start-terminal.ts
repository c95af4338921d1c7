import { OpenVenueError } from '@openvenue/api-client';
import { createChartLines } from './chart/chart-lines.ts';
import { createFormIntentStore } from './form-intent/form-intent.ts';
import { MarketStore } from './market/market-store.ts';
import { cookieSignIn, hasSignInHint, keepSignInHint } from './session/cookie-sign-in.ts';
import type { EmbedHost } from './session/embed-host.ts';
import { NO_HOST } from './session/host-reports.ts';
import { DEFAULT_SYMBOL, type EmbedAuth, type PageOptions, pageOptionsOf } from './session/page-options.ts';
import { Session, type SilentSignIn } from './session/session.ts';
import type { Terminal } from './terminal-context.ts';
import { createUiStore } from './ui-state/ui-state.ts';

/** Makes the terminal that an address asks for, and begins to sign its user in. */
export async function startTerminal(url: URL): Promise<Terminal> {
  let silentSignIn: SilentSignIn = cookieSignIn;
  const session = new Session({
    origin: url.origin,
    silentSignIn: (client, reason) => silentSignIn(client, reason),
  });
  const asked = pageOptionsOf(url);
  const entry = asked.kind === 'entry' ? await enterByTicket(session, asked.ticket) : undefined;
  if (entry !== undefined) history.replaceState(null, '', entry.path);
  const options = entry === undefined ? asked : pageOptionsOf(new URL(entry.path, url.origin));
  const host = options.kind === 'embed' ? await openHost(options) : undefined;
  if (host !== undefined) silentSignIn = host.signIn;
  const terminal: Terminal = {
    session,
    market: new MarketStore(session, symbolIn(options)),
    // Storage of a third party may be refused, so the embedded terminal keeps nothing.
    ui: options.kind === 'embed' ? createUiStore(options.ui) : createUiStore({}, localStorage),
    formIntent: createFormIntentStore(),
    chartLines: createChartLines(),
    host: host ?? NO_HOST,
    isEmbedded: host !== undefined,
    returnUrl: entry?.returnUrl,
    isEntryRefused: entry?.isRefused ?? false,
  };
  if (host !== undefined) {
    host.attach(terminal);
    return terminal;
  }
  keepSignInHint(session, localStorage);
  if (entry === undefined && hasSignInHint(localStorage)) resume(session);
  return terminal;
}

/** The bridge is loaded where there is a page to talk to. */
async function openHost(options: { readonly channelId: string; readonly auth: EmbedAuth }): Promise<EmbedHost> {
  const { EmbedHost } = await import('./session/embed-host.ts');
  return new EmbedHost(options);
}

const FALLBACK_PATH = '/';

interface Entry {
  /** Path of this origin. */
  readonly path: string;
  readonly returnUrl: string | undefined;
  readonly isRefused: boolean;
}

/** Exchanges the ticket of a link. The ticket leaves the address in any case. */
async function enterByTicket(session: Session, ticket: string): Promise<Entry> {
  let entry: Entry = { path: FALLBACK_PATH, returnUrl: undefined, isRefused: true };
  try {
    await session.enter(async () => {
      const { redirectPath, returnUrl, ...token } = await session.client.session.exchangeTicket({ ticket });
      const path = redirectPath.startsWith('/') && !/^\/[/\\]/.test(redirectPath) ? redirectPath : FALLBACK_PATH;
      entry = { path, returnUrl: returnUrl === '' ? undefined : returnUrl, isRefused: false };
      return token;
    });
  } catch (error) {
    if (!(error instanceof OpenVenueError)) throw error;
  }
  return entry;
}

/** A user who was here before is signed in again; a venue that does not answer shows in the connection's state. */
function resume(session: Session): void {
  session.resume().catch((error: unknown) => {
    if (!(error instanceof OpenVenueError)) throw error;
  });
}

const symbolIn = (options: PageOptions): string => (options.kind === 'entry' ? DEFAULT_SYMBOL : options.symbol);
