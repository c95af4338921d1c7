import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  isOneOf,
  type Layout,
  LOCALES,
  type Locale,
  localeOf,
  PALETTES,
  type Palette,
  type Panel,
  type PhoneTab,
  THEMES,
  type Theme,
} from './choices.ts';

export type { Layout, Locale, Palette, Panel, PhoneTab, Theme } from './choices.ts';

/** How the screen looks; nothing of the market or the account. */
export interface UiState {
  readonly theme: Theme;
  readonly locale: Locale;
  readonly palette: Palette;
  readonly layout: Layout;
  readonly phoneTab: PhoneTab;
  readonly isSignInOpen: boolean;
  /** Header with symbol, settings and sign-in. */
  readonly showHeader: boolean;
  /** Row of prices and figures of the day. */
  readonly showTicker: boolean;
  readonly hidden: readonly Panel[];
  /** Whether orders are shown to the user once more before they are sent. */
  readonly confirmsOrders: boolean;
  /** Symbols that the user wants on top. */
  readonly favourites: readonly string[];
}

export type UiStore = StoreApi<UiState>;

/** What of it is kept between visits. */
const KEPT = ['theme', 'locale', 'palette', 'favourites', 'confirmsOrders'] as const;
const STORAGE_KEY = 'openvenue.ui';

/**
 * Makes the state of the screen. With a storage the user's choices are kept in it; the embedded terminal has none, because
 * storage of a third party may be refused.
 */
export function createUiStore(initial: Partial<UiState>, storage?: Storage | undefined): UiStore {
  const locale = localeOf(navigator.language);
  const store = createStore<UiState>(() => ({
    theme: 'dark',
    locale,
    palette: 'green-up',
    layout: 'default',
    phoneTab: 'chart',
    isSignInOpen: false,
    showHeader: true,
    showTicker: true,
    hidden: [],
    favourites: [],
    confirmsOrders: true,
    ...(storage === undefined ? {} : keptIn(storage)),
    ...initial,
  }));
  store.subscribe((state, before) => {
    if (storage === undefined || KEPT.every((name) => state[name] === before[name])) return;
    storage.setItem(STORAGE_KEY, JSON.stringify(Object.fromEntries(KEPT.map((name) => [name, state[name]]))));
  });
  return store;
}

function keptIn(storage: Storage): Partial<UiState> {
  const kept = parseObject(storage.getItem(STORAGE_KEY));
  return {
    ...(isOneOf(THEMES, kept['theme']) ? { theme: kept['theme'] } : {}),
    ...(isOneOf(LOCALES, kept['locale']) ? { locale: kept['locale'] } : {}),
    ...(isOneOf(PALETTES, kept['palette']) ? { palette: kept['palette'] } : {}),
    ...(typeof kept['confirmsOrders'] === 'boolean' ? { confirmsOrders: kept['confirmsOrders'] } : {}),
    ...(isTexts(kept['favourites']) ? { favourites: kept['favourites'] } : {}),
  };
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

/** What another release or another hand has stored is worth nothing, and no reason to stop. */
function parseObject(text: string | null): Readonly<Record<string, unknown>> {
  if (text === null) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
