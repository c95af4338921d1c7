/** Marks a message as one of this protocol among all others that a page receives. */
export const PROTOCOL = 'openvenue';

/** Raised when a message changes so that the other end, loaded from another release, could misread it. */
export const VERSION = 1;

export const THEMES = ['dark', 'light'] as const;
export type Theme = (typeof THEMES)[number];

export const LOCALES = ['en', 'en-US', 'zh-CN'] as const;
export type Locale = (typeof LOCALES)[number];

/** How the user of the iframe is signed in. `anonymous`: public market view. */
export const AUTH_STATES = ['anonymous', 'authenticating', 'authenticated', 'failed'] as const;
export type AuthState = (typeof AUTH_STATES)[number];

/** Why the iframe asks for a token: the first one, before the access token ends, or after it ended. */
export const AUTH_REASONS = ['initial', 'refresh', 'expired'] as const;
export type AuthReason = (typeof AUTH_REASONS)[number];

/** Why the page could not give a token. */
export const AUTH_FAILURES = ['token_provider_missing', 'token_provider_failed'] as const;
export type AuthFailure = (typeof AUTH_FAILURES)[number];

/** What the iframe can report as an error. */
export const EMBED_ERRORS = ['auth_exchange_failed', 'origin_not_allowed', 'invalid_option', 'unsupported'] as const;
export type EmbedErrorCode = (typeof EMBED_ERRORS)[number];

/** An order that the venue accepted. Amounts are decimal strings; `price` is `''` for a market order. */
export interface OrderCreated {
  readonly orderId: string;
  readonly clientOrderId: string;
  readonly symbol: string;
  readonly side: string;
  readonly type: string;
  readonly price: string;
  readonly quantity: string;
}

/** An order that the venue refused. `code` is the venue's error code, 0 when no answer came. */
export interface OrderFailed {
  readonly code: number;
  readonly message: string;
  readonly clientOrderId: string;
  readonly symbol: string;
  readonly side: string;
  readonly type: string;
}

/** What the iframe says, by type. Every field is present; a text that has no value is `''`. */
export interface EmbedPayloads {
  auth_request: { readonly reason: AuthReason };
  auth_state: { readonly state: AuthState };
  ready: { readonly symbol: string };
  symbol_changed: { readonly symbol: string };
  locale_changed: { readonly locale: Locale };
  order_created: OrderCreated;
  order_failed: OrderFailed;
  error: { readonly code: EmbedErrorCode; readonly message: string; readonly detail: string };
}

/** What the page says, by type. */
export interface HostPayloads {
  /** `expireAt` in Unix seconds, as the venue gave it. */
  auth_token: { readonly embedToken: string; readonly expireAt: number };
  auth_failed: { readonly code: AuthFailure };
  set_symbol: { readonly symbol: string };
  set_theme: { readonly theme: Theme };
  set_locale: { readonly locale: Locale };
  destroy: Record<never, never>;
}

/** The page's part of the handshake, by `window.postMessage`. `nonce` names one attempt. */
export interface ConnectPayloads {
  connect: { readonly nonce: string };
}

/** The iframe's part of the handshake, by `window.postMessage`; `accept` carries the port. */
export interface AcceptPayloads {
  accept: { readonly nonce: string };
}

/** One of the messages of a table of payloads, told apart by `type`. */
export type MessageOf<P> = { [T in keyof P]: { readonly type: T; readonly payload: P[T] } }[keyof P];

export type EmbedMessage = MessageOf<EmbedPayloads>;
export type HostMessage = MessageOf<HostPayloads>;

/** A message as it travels. */
export type Enveloped<M> = M & {
  readonly protocol: typeof PROTOCOL;
  readonly version: number;
  readonly channelId: string;
};

/** Puts a message into its envelope. */
export function envelope<M extends { readonly type: PropertyKey }>(channelId: string, message: M): Enveloped<M> {
  return { ...message, protocol: PROTOCOL, version: VERSION, channelId };
}
