import { useUi } from '../terminal-context.ts';
import type { Locale } from '../ui-state/ui-state.ts';

/** A text is words, or a function that puts values into them. Sections nest. */
export interface TextSection {
  readonly [name: string]: string | ((...values: never[]) => string) | TextSection;
}

/**
 * Makes the hook that gives the texts of a part of the screen in the language of now. The other languages have the names of
 * English, no less and no more: one missing does not compile.
 */
export function defineText<T extends TextSection>(
  texts: { readonly en: T } & Readonly<Record<Exclude<Locale, 'en'>, NoInfer<T>>>,
): () => T {
  const byLocale: Readonly<Record<Locale, T>> = texts;
  return () => byLocale[useUi(({ locale }) => locale)];
}
