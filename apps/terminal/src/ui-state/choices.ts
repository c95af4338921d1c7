export const THEMES = ['dark', 'light'] as const;
export type Theme = (typeof THEMES)[number];

export const LOCALES = ['en', 'zh-CN'] as const;
export type Locale = (typeof LOCALES)[number];

/** Colours of rising and falling. */
export const PALETTES = ['green-up', 'red-up', 'blue-orange'] as const;
export type Palette = (typeof PALETTES)[number];

export const LAYOUTS = ['default', 'compact'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** Containers that an embedding page can hide. */
export const PANELS = ['chart', 'orderBook', 'orderForm', 'positions', 'account'] as const;
export type Panel = (typeof PANELS)[number];

export const PHONE_TABS = ['chart', 'book', 'trade'] as const;
export type PhoneTab = (typeof PHONE_TABS)[number];

/** Whether a value from outside is one of those listed. */
export const isOneOf = <T extends string>(values: readonly T[], value: unknown): value is T =>
  (values as readonly unknown[]).includes(value);

/** The language of the terminal for a language tag, such as `zh-Hans-CN`. */
export const localeOf = (language: string): Locale => (language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');
