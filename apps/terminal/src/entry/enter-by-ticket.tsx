import type { Root } from 'react-dom/client';
import { pageStorage } from '../session/page-storage.ts';
import type { Session } from '../session/session.ts';
import { createUiStore, type UiState } from '../ui-state/ui-state.ts';
import { EntryPage, type EntryState } from './entry-page.tsx';
import { type Entry, exchangeEntry } from './exchange-entry.ts';

export interface EntryOptions {
  readonly root: Root;
  readonly session: Session;
  readonly ticket: string;
  /** Names the widget that shows this page in its frame; empty elsewhere. */
  readonly channelId: string;
}

/** Shows how the exchange of a ticket goes. Resolves when the user is signed in; a link that is not valid leads nowhere. */
export async function enterByTicket(options: EntryOptions): Promise<Entry> {
  const { root, session, ticket, channelId } = options;
  const isFramed = window.parent !== window;
  const look = createUiStore({}, pageStorage('localStorage')).getState();
  applyLook(look);
  const show = (state: EntryState) => {
    root.render(
      <EntryPage
        locale={look.locale}
        state={state}
        cameFrom={isFramed ? undefined : otherSite()}
        hasMarketLink={!isFramed}
      />,
    );
  };
  for (;;) {
    show({ status: 'exchanging' });
    const entry = await exchangeEntry(session, ticket);
    if (typeof entry === 'object') return entry;
    if (isFramed) await tellParent(channelId, entry);
    await new Promise<void>((resolve) => {
      // A ticket that the venue has refused is spent. In a frame the page around it has been told, and starts anew.
      show({ status: 'failed', fault: entry, onRetry: isFramed || entry === 'invalid' ? undefined : resolve });
    });
  }
}

function applyLook({ theme, palette, locale }: UiState): void {
  const page = document.documentElement;
  page.dataset['theme'] = theme;
  page.dataset['palette'] = palette;
  page.lang = locale;
}

/** The page that led here, when it is of another site. */
function otherSite(): URL | undefined {
  const from = URL.parse(document.referrer);
  return from === null || from.origin === location.origin ? undefined : from;
}

async function tellParent(channelId: string, fault: string): Promise<void> {
  const { createEmbedEnd } = await import('@openvenue/bridge');
  const end = createEmbedEnd({
    window,
    channelId,
    onConnect: () => {
      end.send({ type: 'auth_state', payload: { state: 'failed' } });
      end.send({
        type: 'error',
        payload: { code: 'auth_exchange_failed', message: 'the entry URL did not sign the user in', detail: fault },
      });
    },
    onMessage: () => undefined,
  });
}
