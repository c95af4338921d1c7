import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from './testing/accessibility.ts';
import { DIALOGS, FullPage, type Look } from './testing/full-page.ts';
import { openOrderAndPosition } from './testing/other-traders.ts';
import { CAROL, PartnerPage } from './testing/partner-site.ts';
import { Stage } from './testing/stage.ts';
import { TERMINAL_WORDS } from './testing/terminal-words.ts';

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 700 };
const ALICE = { username: 'alice', password: 'alice-demo' };
/** Both themes and both languages. The dialogs are looked at in two of them: each theme, language and size once. */
const LOOKS: readonly (Look & { readonly dialogsAt?: typeof DESKTOP })[] = [
  { theme: 'dark', locale: 'en', dialogsAt: DESKTOP },
  { theme: 'light', locale: 'en' },
  { theme: 'light', locale: 'zh-CN', dialogsAt: PHONE },
  { theme: 'dark', locale: 'zh-CN' },
];
const BROWSERS = [
  { colorScheme: 'dark', locale: 'en-US', viewport: DESKTOP },
  { colorScheme: 'light', locale: 'zh-CN', viewport: PHONE },
] as const;
const SIGNED_OUT = [/401 \(Unauthorized\)/];

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.start();
  await openOrderAndPosition(stage.venueUrl, ALICE);
});
afterAll(() => stage?.stop());

async function expectAccessible(page: Page, what: string, part?: string): Promise<void> {
  expect.soft(await violationsOf(page, part), what).toEqual([]);
}

it('would tell of a page that is not accessible', async () => {
  const page = await (await stage.openContext()).newPage();
  await page.goto(`${stage.venueUrl}/trade/BTCUSDT`);
  await page.getByRole('main').evaluate((main) => {
    const faint = main.ownerDocument.createElement('p');
    faint.append('faint');
    faint.style.color = 'rgb(70, 70, 70)';
    main.append(main.ownerDocument.createElement('input'), faint);
  });
  const found = (await violationsOf(page)).map((line) => line.split(' ')[0]);
  expect(found).toEqual(expect.arrayContaining(['label', 'color-contrast']));
});

describe('the terminal', () => {
  it('breaks no rule of WCAG 2.2 AA in any look, on a desktop and on a phone', async () => {
    const page = await (await stage.openContext({ viewport: DESKTOP })).newPage();
    const full = new FullPage(page);
    await page.goto(`${stage.venueUrl}/trade/BTCUSDT`);
    await expectAccessible(page, 'signed out');
    await full.openSignIn();
    await expectAccessible(page, 'sign-in', 'dialog[open]');
    await full.closeDialog();
    await full.signIn(ALICE);
    for (const { dialogsAt, ...look } of LOOKS) {
      const name = `${look.theme} ${look.locale}`;
      await page.setViewportSize(DESKTOP);
      await full.look(look);
      await full.terminal.openOrder();
      await expectAccessible(page, `${name} desktop: open orders`, '[role=tabpanel]');
      await full.terminal.position();
      await expectAccessible(page, `${name} desktop`);
      await page.setViewportSize(PHONE);
      for (const panel of ['chart', 'book', 'trade'] as const) {
        await full.terminal.show(panel);
        await expectAccessible(page, `${name} phone: ${panel}`);
      }
      if (dialogsAt === undefined) continue;
      await page.setViewportSize(dialogsAt);
      for (const dialog of DIALOGS) {
        await full.open(dialog);
        await expectAccessible(page, `${name} dialog: ${dialog}`, 'dialog[open]');
        await full.closeDialog();
      }
    }
  });

  it.each(BROWSERS)('breaks none where a link does not sign in ($locale)', async (options) => {
    const page = await (await stage.openContext({ ...options, expectedErrors: SIGNED_OUT })).newPage();
    await page.goto(`${stage.venueUrl}/agent-entry?ticket=used`);
    await page.getByText(TERMINAL_WORDS[options.locale === 'zh-CN' ? 'zh-CN' : 'en'].entryRefused).waitFor();
    await expectAccessible(page, 'refused entry');
  });
});

describe("the partner's page", () => {
  it.each(BROWSERS)('breaks none, signed out, and with the terminal in it ($locale)', async (options) => {
    const page = await (await stage.openContext({ ...options, expectedErrors: SIGNED_OUT })).newPage();
    const partner = new PartnerPage(page);
    await page.goto(stage.partnerUrl);
    await page.locator('#sign-in').waitFor();
    await expectAccessible(page, 'signed out');
    await partner.signIn(CAROL);
    await partner.deposit('10');
    await page.locator('#transfers summary').click();
    await (await partner.terminal(options.locale === 'zh-CN' ? 'zh-CN' : 'en')).readyToTrade();
    await expectAccessible(page, 'signed in');
  });
});
