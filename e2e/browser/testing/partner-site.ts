/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import type { TerminalLocale } from './terminal-words.ts';
import { TradingTerminal } from './trading-terminal.ts';

/** A customer of the demo partner, with money there. */
export const CAROL = { username: 'carol', password: 'carol-demo' };

/** Signs in at the partner's back end from a page of the partner's origin that has no form for it. */
export async function signInByCall(page: Page, user: typeof CAROL): Promise<void> {
  const status = await page.evaluate(async (body) => {
    const headers = { 'Content-Type': 'application/json' };
    return (await fetch('/api/login', { method: 'POST', headers, body: JSON.stringify(body) })).status;
  }, user);
  if (status !== 200) throw new Error(`the partner answered ${status} to the sign-in`);
}

/** What the partner's back end tells its page. */
export interface PartnerAccount {
  readonly balance: string;
  readonly tradingBalance?: string;
  readonly transfers: readonly {
    readonly orderNo: string;
    readonly direction: 'IN' | 'OUT';
    readonly amount: string;
    readonly status: string;
  }[];
}

/** The partner's page as its customer uses it, in any language. */
export class PartnerPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async signIn({ username, password }: typeof CAROL): Promise<void> {
    await this.page.locator('#sign-in-username').fill(username);
    await this.page.locator('#sign-in-password').fill(password);
    await this.page.locator('#sign-in-form button[type=submit]').click();
    await this.page.locator('#site').waitFor();
  }

  async deposit(amount: string): Promise<void> {
    await this.page.locator('#amount').fill(amount);
    await this.#transfer('#deposit');
  }

  async withdrawAll(): Promise<void> {
    await this.#transfer('#withdraw-all');
  }

  /** Scrolls to the terminal, which fills the screen of a phone. */
  async terminal(locale: TerminalLocale): Promise<TradingTerminal> {
    await this.page.locator('#trading-widget').evaluate((element) => element.scrollIntoView());
    return new TradingTerminal(this.page.frameLocator('#trading-widget iframe'), locale);
  }

  account(): Promise<PartnerAccount> {
    return this.page.evaluate(async () => (await fetch('/api/account')).json());
  }

  /** Both balances as they stand on the page, without the commas. */
  async shownBalances(): Promise<{ readonly balance: string; readonly tradingBalance: string }> {
    const read = async (id: string) => (await this.page.locator(id).innerText()).replaceAll(',', '');
    return { balance: await read('#balance'), tradingBalance: await read('#trading-balance') };
  }

  /** Presses a button of the form and waits until the page says that the money has moved. */
  async #transfer(button: string): Promise<void> {
    const before = (await this.account()).transfers.length;
    await this.page.locator(button).click();
    await this.page.locator('#transfer-message.good').waitFor();
    await this.page.waitForFunction(
      (count) => document.querySelectorAll('#transfer-rows tr[data-status="SUCCESS"]').length > count,
      before,
    );
  }
}
