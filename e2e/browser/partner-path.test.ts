/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, patiently } from '../testing/api.ts';
import { sumOf, unitsOf } from './testing/decimal-units.ts';
import { stirMarket } from './testing/other-traders.ts';
import { CAROL, type PartnerAccount, PartnerPage } from './testing/partner-site.ts';
import { Stage, type StageContextOptions } from './testing/stage.ts';
import type { TerminalLocale } from './testing/terminal-words.ts';

const DEPOSIT = '1000';
const LIMIT_QUANTITY = '0.01';
const MARKET_QUANTITY = '0.02';
const BOOK_STEP = '10';
const PATIENTLY = { timeout: 10_000 };

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.start();
});
afterAll(() => stage?.stop());

interface Setting {
  readonly locale?: TerminalLocale;
  readonly context?: StageContextOptions;
  /** Where the browser finds the partner; the venue is at 127.0.0.1. */
  readonly partnerUrl?: string;
  readonly prepare?: (page: Page) => Promise<void>;
  /** Looked at while the terminal is open. */
  readonly inspect?: (page: Page) => Promise<void>;
}

/** Everything that a customer of a partner does, with the money counted before and after. */
async function walk(setting: Setting): Promise<void> {
  const { locale = 'en', context: options = {}, partnerUrl = stage.partnerUrl } = setting;
  // A page that asks whether somebody is signed in is told so by the browser's console, too.
  const context = await stage.openContext({ ...options, expectedErrors: [/401 \(Unauthorized\) .*\/api\/account\)$/] });
  const page = await context.newPage();
  await setting.prepare?.(page);
  const bearer = listenForBearer(page);
  await page.goto(partnerUrl);
  const partner = new PartnerPage(page);
  await partner.signIn(CAROL);
  const startedAt = Date.now();
  const before = { ...(await partner.account()), deposit: await depositOf() };
  expect(unitsOf(before.tradingBalance ?? '0')).toBe(0n);
  await partner.deposit(DEPOSIT);

  const terminal = await partner.terminal(locale);
  await terminal.readyToTrade();
  await setting.inspect?.(page);
  const price = await stirMarket(stage.venueUrl);
  for (const label of ['--accent-solid', '--up-solid']) expect(await terminal.hasChartLabel(label)).toBe(false);
  await terminal.buyLimit({ price, quantity: LIMIT_QUANTITY });
  await terminal.holds({ positions: 0, openOrders: 1 });
  await terminal.buyMarket(MARKET_QUANTITY);
  await terminal.holds({ positions: 1, openOrders: 1 });
  expect(await (await terminal.position()).innerText()).toContain(MARKET_QUANTITY);
  expect((await (await terminal.openOrder()).innerText()).replaceAll(',', '')).toContain(price);
  await expect.poll(() => terminal.hasChartLabel('--accent-solid'), PATIENTLY).toBe(true);
  await expect.poll(() => terminal.hasChartLabel('--up-solid'), PATIENTLY).toBe(true);
  await (await terminal.ownOrderMark(BOOK_STEP)).waitFor();

  await terminal.closeAtMarket();
  await terminal.holds({ positions: 0, openOrders: 1 });
  await terminal.cancelOrder(LIMIT_QUANTITY);
  await terminal.holds({ positions: 0, openOrders: 0 });
  const result = await resultOfTrades({ token: bearer(), startedAt });
  expect(result).not.toBe(0n);
  await partner.withdrawAll();

  const after = { ...(await partner.account()), deposit: await depositOf() };
  expect(unitsOf(after.tradingBalance ?? '')).toBe(0n);
  expect(unitsOf(after.balance)).toBe(unitsOf(before.balance) + result);
  expect(unitsOf(after.deposit)).toBe(unitsOf(before.deposit) + result);
  const shown = await partner.shownBalances();
  expect(unitsOf(shown.balance)).toBe(unitsOf(after.balance));
  expect(unitsOf(shown.tradingBalance)).toBe(0n);
  await venueTellsTheSame({ before, after, result });
}

/** The transfers of this walk, in the partner's books and in what the venue tells by events, and what is left at the venue. */
async function venueTellsTheSame(walked: {
  readonly before: PartnerAccount;
  readonly after: PartnerAccount;
  readonly result: bigint;
}): Promise<void> {
  const known = new Set(walked.before.transfers.map(({ orderNo }) => orderNo));
  const transfers = walked.after.transfers.filter(({ orderNo }) => !known.has(orderNo));
  expect(transfers.map(({ direction, status }) => `${direction} ${status}`).sort()).toEqual([
    'IN SUCCESS',
    'OUT SUCCESS',
  ]);
  const sum = (direction: string) =>
    sumOf(transfers.filter((each) => each.direction === direction).map(({ amount }) => amount));
  expect(sum('IN')).toBe(unitsOf(DEPOSIT));
  expect(sum('OUT')).toBe(unitsOf(DEPOSIT) + walked.result);

  const { events } = await stage.agent.call('events', { afterSeq: 0, limit: 1_000 });
  for (const { orderNo, direction, amount } of transfers) {
    const event = events.find((each: { orderNo: string }) => each.orderNo === orderNo);
    expect(event).toMatchObject({ event: 'transfer.completed', targetStatus: 'SUCCESS', direction });
    expect(unitsOf(event.amount)).toBe(unitsOf(amount));
    const assets = await stage.agent.call('query-user-assets', { platformUserId: event.platformUserId });
    for (const name of ['walletBalance', 'frozenMargin', 'usedMargin'] as const) expect(unitsOf(assets[name])).toBe(0n);
  }
}

const depositOf = async (): Promise<string> => (await stage.agent.call('query-account', {})).assets[0].depositBalance;

/** The latest access token that the embedded terminal has sent. */
function listenForBearer(page: Page): () => string {
  let latest = '';
  page.on('request', (request) => {
    latest = /^Bearer (.+)$/.exec(request.headers()['authorization'] ?? '')?.[1] ?? latest;
  });
  return () => latest;
}

/** Gains less fees of the position that was opened and closed, once the history has all of it. */
async function resultOfTrades(walk: { readonly token: string; readonly startedAt: number }): Promise<bigint> {
  const read = async () => {
    const query = { symbol: 'BTCUSDT', startTime: String(walk.startedAt), pageSize: '100' };
    const request = { path: '/v1/private/order/trades', query, auth: { token: walk.token } };
    const { data } = await patiently(() => call(stage.venueUrl, request));
    return data.list as { quantity: string; realizedPnl: string; handlingFee: string }[];
  };
  const traded = 2n * unitsOf(MARKET_QUANTITY);
  await expect.poll(async () => sumOf((await read()).map(({ quantity }) => quantity)), PATIENTLY).toBe(traded);
  const trades = await read();
  return sumOf(trades.map(({ realizedPnl }) => realizedPnl)) - sumOf(trades.map(({ handlingFee }) => handlingFee));
}

describe("a partner's customer deposits, trades in the embedded terminal and takes everything out", () => {
  it('on a desktop in the dark theme', () => walk({ context: { colorScheme: 'dark' } }));

  it('on a phone', () =>
    walk({
      context: { viewport: { width: 390, height: 700 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
    }));

  it('in Chinese', () => walk({ locale: 'zh-CN', context: { locale: 'zh-CN', colorScheme: 'light' } }));

  it('with cookies and storage of third parties blocked', () =>
    walk({
      context: { chromiumArguments: BLOCKS_THIRD_PARTIES },
      partnerUrl: stage.partnerUrl.replace('127.0.0.1', 'localhost'),
      prepare: async (page) => {
        await page.addInitScript(refuseStorageOfThirdParties);
        // What the venue's own page keeps is not for its frames in pages of others.
        await page.goto(`${stage.venueUrl}/trade/BTCUSDT`);
        await page.evaluate(() => {
          // biome-ignore lint/suspicious/noDocumentCookie: it works in a page without TLS, too.
          document.cookie = 'own=1; SameSite=None; Secure';
          localStorage.setItem('own', '1');
        });
        expect(await page.evaluate(() => document.cookie)).toBe('own=1');
      },
      inspect: async (page) => {
        const frame = page.frames().find((each) => each.url().startsWith(stage.venueUrl));
        const found = await frame?.evaluate(() => {
          // biome-ignore lint/suspicious/noDocumentCookie: see above.
          document.cookie = 'third=1; SameSite=None; Secure';
          const refusalOf = (read: () => unknown): string => {
            try {
              return `allowed: ${read()}`;
            } catch (error) {
              return (error as Error).name;
            }
          };
          return [
            document.cookie,
            refusalOf(() => localStorage),
            refusalOf(() => sessionStorage),
            refusalOf(() => indexedDB),
          ];
        });
        expect(found).toEqual(['', 'SecurityError', 'SecurityError', 'SecurityError']);
      },
    }));
});

/** The first replaces a list of the browser's driver that would switch the partitioning of storage off. */
const BLOCKS_THIRD_PARTIES = ['--disable-features=Translate', '--test-third-party-cookie-phaseout'];

/** Chromium without its settings only divides storage; browsers that refuse it throw, as this does. */
function refuseStorageOfThirdParties(): void {
  if (window.top === window) return;
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB'] as const) {
    Object.defineProperty(window, name, {
      get: () => {
        throw new DOMException(`${name} is refused`, 'SecurityError');
      },
    });
  }
}
