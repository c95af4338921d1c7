import type { Page } from 'playwright-core';
import { TERMINAL_WORDS, type TerminalLocale } from './terminal-words.ts';
import { TradingTerminal } from './trading-terminal.ts';

export interface Look {
  readonly theme: 'dark' | 'light';
  readonly locale: TerminalLocale;
}

/** The dialogs of the terminal that a user can open at any time, when he has an order. */
export const DIALOGS = ['markets', 'settings', 'leverage', 'amend', 'confirm'] as const;
export type DialogName = (typeof DIALOGS)[number];

/** The terminal on a page of its own, whose user signs in with a name and a password. */
export class FullPage {
  readonly page: Page;
  #locale: TerminalLocale = 'en';

  constructor(page: Page) {
    this.page = page;
  }

  get terminal(): TradingTerminal {
    return new TradingTerminal(this.page, this.#locale);
  }

  get #words() {
    return TERMINAL_WORDS[this.#locale];
  }

  async openSignIn(): Promise<void> {
    await this.page.getByRole('banner').getByRole('button', { name: this.#words.signIn, exact: true }).click();
    await this.page.locator('dialog[open]').waitFor();
  }

  async signIn(user: { readonly username: string; readonly password: string }): Promise<void> {
    await this.openSignIn();
    const dialog = this.page.locator('dialog[open]');
    await dialog.getByRole('textbox', { name: this.#words.userName }).fill(user.username);
    await dialog.getByLabel(this.#words.password).fill(user.password);
    await dialog.locator('button[type=submit]').click();
    await this.terminal.readyToTrade();
  }

  /** Chooses theme and language as a user does. */
  async look({ theme, locale }: Look): Promise<void> {
    await this.#openSettings();
    const settings = this.page.locator('dialog[open]');
    await settings.getByRole('combobox', { name: this.#words.theme }).selectOption(theme);
    await settings.getByRole('combobox', { name: this.#words.language }).selectOption(locale);
    this.#locale = locale;
    await this.closeDialog();
  }

  async open(dialog: DialogName): Promise<void> {
    const { terminal } = this;
    const words = this.#words;
    switch (dialog) {
      case 'markets':
        await this.page.getByRole('banner').getByRole('button', { name: words.markets }).click();
        break;
      case 'settings':
        await this.#openSettings();
        break;
      case 'leverage':
        await terminal.show('trade');
        await this.page.getByRole('button', { name: new RegExp(`^${words.leverage}:`) }).click();
        break;
      case 'amend':
        await terminal.openOrder();
        await this.page.getByRole('button', { name: new RegExp(`^${words.amend}[:：]`) }).click();
        break;
      case 'confirm':
        await terminal.draftMarket('0.01');
    }
    await this.page.locator('dialog[open]').waitFor();
  }

  async closeDialog(): Promise<void> {
    const dialog = this.page.locator('dialog[open]');
    await dialog.getByRole('button', { name: this.#words.close, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  async #openSettings(): Promise<void> {
    const { settings } = this.#words;
    await this.page.getByRole('banner').getByRole('button', { name: settings, exact: true }).click();
  }
}
