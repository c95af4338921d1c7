import type { AuthState, Locale, OrderCreated, OrderFailed, Theme } from '@openvenue/bridge';

/** What the widget needs of the element that it fills; every `HTMLElement` is one. */
export interface ContainerElement {
  readonly isConnected: boolean;
  getClientRects(): { readonly length: number };
  getBoundingClientRect(): { readonly width: number; readonly height: number };
}

export type Layout = 'default' | 'compact';
export type Panel = 'chart' | 'orderBook' | 'orderForm' | 'positions' | 'account';

export interface DisplayOptions {
  /** Default `false`. */
  readonly showHeader?: boolean;
  /** Default `false`. */
  readonly showTicker?: boolean;
  /** Whole panels to leave out; unknown values are ignored. Default none. */
  readonly hidden?: readonly (Panel | (string & {}))[];
}

/** Why a token is asked for; `refreshAuth` passes any text on. */
export type TokenReason = 'initial' | 'refresh' | 'manual' | 'expired' | (string & {});

export interface TokenRequest {
  /** Names this instance; the partner's back end passes it to `create-embed-token`. */
  readonly channelId: string;
  /** The market that is, or is about to be, shown. */
  readonly symbol: string;
  readonly reason: TokenReason;
}

export interface EmbedToken {
  readonly embedToken: string;
  /** Unix seconds. */
  readonly expireAt: number;
}

/** Asks the partner's own back end for a one-time token. It has 30 seconds; other fields of the result are ignored. */
export type TokenProvider = (request: TokenRequest) => PromiseLike<EmbedToken> | EmbedToken;

/** Asks the partner's own back end for an entry URL (`webUrl`) that leads to `redirectPath`. It has 30 seconds. */
export type EntryUrlProvider = (request: { readonly redirectPath: string }) => PromiseLike<string> | string;

export type AuthOptions =
  | { readonly mode: 'partner-token'; readonly tokenProvider?: TokenProvider }
  | { readonly mode: 'agent-sso'; readonly entryUrlProvider: EntryUrlProvider };

export interface WidgetOptions {
  /** Where the iframe comes from, http or https. Default: the origin of the script; required from npm. */
  readonly baseUrl?: string;
  /** Default `BTCUSDT`; upper-cased, `-`, `/` and `_` are left out. */
  readonly symbol?: string;
  /** Default `dark`. */
  readonly theme?: Theme;
  /** Default: the browser's, as near as there is one. */
  readonly locale?: Locale;
  readonly layout?: Layout;
  readonly display?: DisplayOptions;
  /** Pixels, or a CSS length. Default: the container's. */
  readonly width?: number | string;
  /** Pixels, or a CSS length. Default: the container's. */
  readonly height?: number | string;
  /** Default none: the public market view. */
  readonly auth?: AuthOptions;
  /** Short for `on('ready', ...)`. */
  readonly onReady?: (event: WidgetEvents['ready']) => void;
  /** Short for `on('error', ...)`. */
  readonly onError?: (event: WidgetError) => void;
}

export type WidgetState = 'loading' | 'authenticating' | 'ready' | 'error' | 'destroyed';

export type ErrorCode =
  | 'token_provider_missing'
  | 'token_provider_failed'
  | 'auth_exchange_failed'
  | 'container_not_found'
  | 'container_no_size'
  | 'iframe_load_timeout'
  | 'invalid_option'
  | 'origin_not_allowed'
  | 'unsupported';

export interface WidgetError {
  readonly code: ErrorCode;
  /** English, for the developer. */
  readonly message: string;
  /** What a provider threw, or what the terminal adds. */
  readonly detail?: unknown;
}

export interface WidgetEvents {
  ready: { readonly channelId: string; readonly symbol: string };
  error: WidgetError;
  state_changed: { readonly state: WidgetState; readonly previous: WidgetState };
  auth_state_changed: { readonly state: AuthState; readonly previous: AuthState };
  symbol_changed: { readonly symbol: string };
  locale_changed: { readonly locale: Locale };
  order_created: OrderCreated;
  order_failed: OrderFailed;
  destroyed: { readonly channelId: string };
}

/** One embedded terminal. After `destroy` every method does nothing. */
export interface WidgetInstance {
  /** Removes the iframe and everything else the widget made; emits `destroyed`, once. */
  destroy(): void;
  getState(): WidgetState;
  /**
   * Resolves when the terminal is ready. Rejects with an `Error` that has `code` and `detail` when the state becomes
   * `error` or the widget is destroyed before; after `destroy` it resolves at once, as a call without effect.
   */
  whenReady(): Promise<void>;
  setSymbol(symbol: string): void;
  setTheme(theme: Theme): void;
  setLocale(locale: Locale): void;
  /** Pixels or CSS lengths; `undefined` is the container's. */
  setSize(width?: number | string, height?: number | string): void;
  /** Loads the iframe anew, with the market, theme and locale of now. */
  reload(): void;
  /** Signs in anew; any text reaches the `tokenProvider` as `reason`. Default `manual`. */
  refreshAuth(reason?: string): void;
  /** Replaces the `tokenProvider`; a request that found none is answered now. */
  setTokenProvider(provider: TokenProvider): void;
  /** Calls `handler` at every such event until the returned function is called. */
  on<E extends keyof WidgetEvents>(event: E, handler: (event: WidgetEvents[E]) => void): () => void;
}
