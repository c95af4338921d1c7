import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { call } from '../testing/api.ts';
import { startChromium } from './testing/chromium.ts';
import { FullPage } from './testing/full-page.ts';
import { openOrderAndPosition, stirMarket } from './testing/other-traders.ts';
import { CAROL, PartnerPage } from './testing/partner-site.ts';
import { VenueWithPartner } from './testing/venue-with-partner.ts';

// Pictures for the documentation: `node e2e/browser/take-screenshots.ts [candles]`. The venue begins with an empty chart, so
// it first runs until there are so many candles of a minute.
const candles = Number(process.argv[2] ?? 2);
const FOLDER = fileURLToPath(new URL('../../docs/screenshots', import.meta.url));
const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 700 };
const ALICE = { username: 'alice', password: 'alice-demo' };
const LOOK_MS = 1_000;

mkdirSync(FOLDER, { recursive: true });
const servers = await VenueWithPartner.start();
const browser = await startChromium();
try {
  await untilCandles();
  await openOrderAndPosition(servers.venueUrl, ALICE);
  await takeFullPage(browser);
  await takeEmbedded(browser);
} finally {
  await browser.close();
  await servers.stop();
}

async function untilCandles(): Promise<void> {
  const query = { symbol: 'BTCUSDT', interval: '1m' };
  for (;;) {
    const { data } = await call(servers.venueUrl, { path: '/v1/public/market/klines', query });
    if (data.list.length >= candles) return;
    await sleep(LOOK_MS);
  }
}

async function open(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ viewport: DESKTOP, locale: 'en-US', colorScheme: 'dark', ...options });
  return context.newPage();
}

async function take(page: Page, name: string): Promise<void> {
  await page.evaluate('document.fonts.ready');
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });
}

async function takeFullPage(browser: Browser): Promise<void> {
  const page = await open(browser, {});
  const full = new FullPage(page);
  await page.goto(`${servers.venueUrl}/trade/BTCUSDT`);
  await full.openSignIn();
  await take(page, 'sign-in');
  await full.closeDialog();
  await full.signIn(ALICE);
  await full.terminal.position();
  await untilDrawn(full);
  await take(page, 'desktop-dark-en');
  await full.open('confirm');
  await take(page, 'confirm-order');
  await full.closeDialog();
  await full.look({ theme: 'light', locale: 'zh-CN' });
  await full.terminal.openOrder();
  await take(page, 'desktop-light-zh');
  await full.look({ theme: 'dark', locale: 'zh-CN' });
  await page.setViewportSize(PHONE);
  await full.terminal.show('trade');
  await take(page, 'phone-trade-dark-zh');
  await full.terminal.position();
  await take(page, 'phone-positions-dark-zh');
  await full.look({ theme: 'light', locale: 'en' });
  await full.terminal.show('book');
  await take(page, 'phone-book-light-en');
  await full.terminal.show('chart');
  await untilDrawn(full);
  await take(page, 'phone-chart-light-en');
  await full.look({ theme: 'dark', locale: 'en' });
  await page.setViewportSize(DESKTOP);
  await full.terminal.position();
  await untilDrawn(full);
  await page.context().setOffline(true);
  await page.getByText(full.terminal.words.reconnecting, { exact: true }).first().waitFor();
  await take(page, 'reconnecting');
  await page.context().close();
}

async function untilDrawn(full: FullPage): Promise<void> {
  while (!(await full.terminal.hasChartLabel('--accent-solid'))) await sleep(100);
}

async function takeEmbedded(browser: Browser): Promise<void> {
  const page = await open(browser, {});
  const partner = new PartnerPage(page);
  await page.goto(servers.partnerUrl);
  await page.locator('#sign-in').waitFor();
  await take(page, 'partner-sign-in');
  await partner.signIn(CAROL);
  await partner.deposit('1000');
  const terminal = await partner.terminal('en');
  await terminal.readyToTrade();
  await terminal.buyLimit({ price: await stirMarket(servers.venueUrl), quantity: '0.01' });
  await terminal.buyMarket('0.02');
  await terminal.holds({ positions: 1, openOrders: 1 });
  await terminal.show('trade');
  // The page hears of the order and asks its back end what is left of the money.
  while ((await partner.shownBalances()).tradingBalance === '1000.00') await sleep(100);
  await take(page, 'embedded-dark-en');
  await page.setViewportSize(PHONE);
  await (await partner.terminal('en')).show('chart');
  await take(page, 'embedded-phone-dark-en');
  await page.context().close();
}
