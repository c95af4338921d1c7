import {
  isOneOf,
  LAYOUTS,
  type Layout,
  type Locale,
  localeOf,
  PANELS,
  type Panel,
  THEMES,
  type Theme,
} from '../ui-state/choices.ts';

/** What the embedding page says of the user: nobody, a one-time token by message, or a ticket in the URL. */
export const EMBED_AUTHS = ['none', 'partner-token', 'agent-sso'] as const;
export type EmbedAuth = (typeof EMBED_AUTHS)[number];

/** How the embedding page wants the terminal to look. */
export interface EmbedUi {
  readonly theme?: Theme;
  readonly layout?: Layout;
  readonly locale?: Locale;
  readonly showHeader: boolean;
  readonly showTicker: boolean;
  readonly hidden: readonly Panel[];
}

/** What this page is, as its address says. */
export type PageOptions =
  | { readonly kind: 'page'; readonly symbol: string; readonly ui: { readonly locale?: Locale } }
  /** `channelId` names the widget whose frame it is, if it is one's. */
  | { readonly kind: 'entry'; readonly ticket: string; readonly channelId: string }
  | {
      readonly kind: 'embed';
      readonly symbol: string;
      readonly channelId: string;
      readonly auth: EmbedAuth;
      readonly ui: EmbedUi;
    };

const DEFAULT_SYMBOL = 'BTCUSDT';

/** `btc-usdt` and `BTC/USDT` mean `BTCUSDT`. What cannot be a symbol is the default one. */
export function symbolOf(text: string | null | undefined): string {
  const symbol = (text ?? '').toUpperCase().replace(/[-/_]/g, '');
  return /^[A-Z0-9]{1,32}$/.test(symbol) ? symbol : DEFAULT_SYMBOL;
}

/** Reads the address of the page. Values that are not known are as if they were not there. */
export function pageOptionsOf(url: URL): PageOptions {
  const { pathname, searchParams } = url;
  const ticket = searchParams.get('ticket');
  if (pathname === '/agent-entry' && ticket !== null) return { kind: 'entry', ticket, channelId: url.hash.slice(1) };
  if (pathname === '/embed') return embedOptionsOf(searchParams);
  const localized = /^\/([\w-]+)\/futures\/([^/]+)\/?$/.exec(pathname);
  if (localized !== null) {
    return { kind: 'page', symbol: symbolOf(localized[2]), ui: { locale: localeOf(localized[1] ?? '') } };
  }
  const locale = searchParams.get('locale');
  return {
    kind: 'page',
    symbol: symbolOf(/^\/trade\/([^/]+)\/?$/.exec(pathname)?.[1]),
    ui: locale === null ? {} : { locale: localeOf(locale) },
  };
}

function embedOptionsOf(query: URLSearchParams): PageOptions {
  const theme = query.get('theme');
  const layout = query.get('layout');
  const auth = query.get('auth');
  const locale = query.get('locale');
  const hidden = (query.get('hidden') ?? '').split(',');
  return {
    kind: 'embed',
    symbol: symbolOf(query.get('symbol')),
    channelId: query.get('channelId') ?? '',
    auth: isOneOf(EMBED_AUTHS, auth) ? auth : 'none',
    ui: {
      ...(isOneOf(THEMES, theme) ? { theme } : {}),
      ...(isOneOf(LAYOUTS, layout) ? { layout } : {}),
      ...(locale === null ? {} : { locale: localeOf(locale) }),
      showHeader: query.get('showHeader') === 'true',
      showTicker: query.get('showTicker') === 'true',
      hidden: PANELS.filter((panel) => hidden.includes(panel)),
    },
  };
}
