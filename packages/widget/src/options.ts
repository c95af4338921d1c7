import { LOCALES, type Locale, THEMES, type Theme } from '@openvenue/bridge';
import type { AuthOptions, Layout, Panel, WidgetError } from './types.ts';

const LAYOUTS: readonly Layout[] = ['default', 'compact'];
const PANELS: readonly Panel[] = ['chart', 'orderBook', 'orderForm', 'positions', 'account'];
const CONTAINER_SIZE = '100%';

/** What may stand in an option, in words and as a check. */
interface Field<T> {
  readonly expected: string;
  /** `undefined` when the value can't be taken. */
  read(value: unknown): T | undefined;
}

const SIZE: Field<string> = { expected: 'a positive number of pixels or a CSS length', read: readSize };
const FLAG: Field<boolean> = {
  expected: 'true or false',
  read: (value) => (typeof value === 'boolean' ? value : undefined),
};
const HANDLER: Field<(event: unknown) => void> = {
  expected: 'a function',
  read: (value) => (typeof value === 'function' ? (event) => value(event) : undefined),
};
const RECORD: Field<Record<string, unknown>> = {
  expected: 'an object',
  read: (value) => (isRecord(value) ? value : undefined),
};

export const FIELDS = {
  options: RECORD,
  baseUrl: { expected: 'an http or https URL without a user', read: readBaseUrl },
  symbol: { expected: '1 to 32 letters and digits, such as BTCUSDT', read: readSymbol },
  theme: oneOf(THEMES),
  locale: oneOf(LOCALES),
  layout: oneOf(LAYOUTS),
  width: SIZE,
  height: SIZE,
  display: RECORD,
  showHeader: FLAG,
  showTicker: FLAG,
  hidden: {
    expected: 'a list',
    read: (value: unknown) => (Array.isArray(value) ? PANELS.filter((panel) => value.includes(panel)) : undefined),
  },
  onReady: HANDLER,
  onError: HANDLER,
  handler: HANDLER,
  tokenProvider: HANDLER,
} satisfies Record<string, Field<unknown>>;

export type FieldName = keyof typeof FIELDS;
export type ValueOf<N extends FieldName> = (typeof FIELDS)[N] extends Field<infer T> ? T : never;

/** The options as they are used. Market, theme, locale and size change later. */
export interface Settings {
  /** Ends with `/`. */
  readonly baseUrl: URL | undefined;
  readonly auth: AuthOptions | undefined;
  readonly layout: Layout;
  readonly showHeader: boolean;
  readonly showTicker: boolean;
  readonly hidden: readonly Panel[];
  symbol: string;
  theme: Theme;
  locale: Locale;
  /** CSS lengths. */
  width: string;
  height: string;
  readonly onReady: ((event: unknown) => void) | undefined;
  readonly onError: ((event: unknown) => void) | undefined;
  /** Without a way around: the widget doesn't start with these. */
  readonly fatal: readonly WidgetError[];
  /** Reported; the default is used instead. */
  readonly minor: readonly WidgetError[];
}

interface Defaults {
  readonly baseUrl: string | undefined;
  readonly language: string;
}

/**
 * Reads what a partner's page wrote. A wrong option that only concerns the look is reported and replaced by its default;
 * one that decides where the terminal comes from, who signs in or what is traded stops the widget.
 */
export function readOptions(given: unknown, defaults: Defaults): Settings {
  const fatal: WidgetError[] = [];
  const minor: WidgetError[] = [];
  const take = <N extends FieldName>(name: N, value: unknown, faults: WidgetError[]): ValueOf<N> | undefined => {
    if (value === undefined) return undefined;
    const read = readField(name, value);
    if ('value' in read) return read.value;
    faults.push(read.error);
    return undefined;
  };
  const options = take('options', given, fatal) ?? {};
  const display = take('display', options['display'], minor) ?? {};
  const look = <N extends FieldName>(name: N, from = options): ValueOf<N> | undefined => take(name, from[name], minor);
  const auth = options['auth'] ?? undefined;
  const authFault = faultOfAuth(auth);
  if (authFault !== undefined) fatal.push(authFault);
  return {
    baseUrl: take('baseUrl', options['baseUrl'] ?? defaults.baseUrl ?? '', fatal),
    // Its form was checked just before.
    auth: auth as AuthOptions | undefined,
    layout: look('layout') ?? 'default',
    showHeader: look('showHeader', display) ?? false,
    showTicker: look('showTicker', display) ?? false,
    hidden: look('hidden', display) ?? [],
    symbol: take('symbol', options['symbol'], fatal) ?? 'BTCUSDT',
    theme: look('theme') ?? 'dark',
    locale: look('locale') ?? nearestLocale(defaults.language),
    width: look('width') ?? CONTAINER_SIZE,
    height: look('height') ?? CONTAINER_SIZE,
    onReady: look('onReady'),
    onError: look('onError'),
    fatal,
    minor,
  };
}

/** One option, or an error that says what it must be. */
export function readField<N extends FieldName>(
  name: N,
  value: unknown,
): { readonly value: ValueOf<N> } | { readonly error: WidgetError } {
  const field = FIELDS[name] as Field<ValueOf<N>>;
  const read = field.read(value);
  return read === undefined ? { error: invalid(name, field.expected, value) } : { value: read };
}

function invalid(name: string, expected: string, value: unknown): WidgetError {
  const kind = typeof value;
  const shown = kind === 'string' ? `'${value}'` : kind === 'object' || kind === 'function' ? kind : String(value);
  return { code: 'invalid_option', message: `${name} must be ${expected}, not ${shown}` };
}

function oneOf<T extends string>(values: readonly T[]): Field<T> {
  return { expected: `one of ${values.join(', ')}`, read: (value) => values.find((each) => each === value) };
}

/** `btc-usdt` is `BTCUSDT`. */
function readSymbol(value: unknown): string | undefined {
  const symbol = typeof value === 'string' ? value.toUpperCase().replace(/[-/_]/g, '') : '';
  return /^[A-Z0-9]{1,32}$/.test(symbol) ? symbol : undefined;
}

/** Numbers are pixels, nothing is the container's size. */
function readSize(value: unknown = CONTAINER_SIZE): string | undefined {
  const size = typeof value === 'number' && value > 0 ? `${value}px` : value;
  return typeof size === 'string' && /^(\d+(\.\d+)?(px|%|[sld]?v[hw]|r?em)|calc\(.+\))$/.test(size) ? size : undefined;
}

/** An absolute http or https URL. */
export function readUrl(value: unknown): URL | undefined {
  if (typeof value !== 'string' || !/^https?:\/\//i.test(value)) return undefined;
  try {
    return new URL(value);
  } catch {
    return undefined;
  }
}

function readBaseUrl(value: unknown): URL | undefined {
  const url = readUrl(value);
  if (url === undefined || url.username !== '' || url.password !== '') return undefined;
  return new URL(`${url.origin}${url.pathname.replace(/\/*$/, '/')}`);
}

function faultOfAuth(auth: unknown): WidgetError | undefined {
  if (auth === undefined) return undefined;
  if (!isRecord(auth)) return invalid('auth', 'an object', auth);
  const sso = auth['mode'] === 'agent-sso';
  if (!sso && auth['mode'] !== 'partner-token') {
    return invalid('auth.mode', 'one of partner-token, agent-sso', auth['mode']);
  }
  const name = sso ? 'entryUrlProvider' : 'tokenProvider';
  const provider = auth[name];
  // A tokenProvider may still come by setTokenProvider.
  if (provider === undefined) {
    return sso ? { code: 'token_provider_missing', message: 'auth.entryUrlProvider is missing' } : undefined;
  }
  return typeof provider === 'function' ? undefined : invalid(`auth.${name}`, 'a function', provider);
}

function nearestLocale(language: string): Locale {
  if (/^zh\b/i.test(language)) return 'zh-CN';
  return /^en-us\b/i.test(language) ? 'en-US' : 'en';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
