import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAROL, signInByCall } from './testing/partner-site.ts';
import { Stage } from './testing/stage.ts';
import { TradingTerminal } from './testing/trading-terminal.ts';
import { MADE_UP_PAGES } from './testing/watched-context.ts';

const PUBLISHED_BASE_URL = 'https://venue.example';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.start();
});
afterAll(() => stage?.stop());

describe("the venue's published JavaScript on a partner's page", () => {
  it.each(['partner-token', 'agent-sso'])('reaches ready by %s with nothing changed but the base URL', async (mode) => {
    const published = await readFile(new URL(`./fixtures/${mode}.txt`, import.meta.url), 'utf8');
    expect(published.split(PUBLISHED_BASE_URL)).toHaveLength(2);
    const snippet = published.replace(PUBLISHED_BASE_URL, stage.venueUrl);
    const context = await stage.openContext(MADE_UP_PAGES);
    await context.route(`${stage.partnerUrl}/snippet`, (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', body: pageWith(snippet) }),
    );
    const page = await context.newPage();
    // Any document of the partner's origin can sign in.
    await page.goto(`${stage.partnerUrl}/icon.svg`);
    await signInByCall(page, CAROL);
    await page.goto(`${stage.partnerUrl}/snippet`);

    await page.evaluate('widget.whenReady()');
    expect(await page.evaluate('widget.getState()')).toBe('ready');
    const frame = page.frameLocator('#trading-widget iframe');
    await new TradingTerminal(frame).readyToTrade();
  });
});

const pageWith = (snippet: string): string => `<!doctype html>
<html lang="en">
  <title>Partner</title>
  <style>#trading-widget { height: 640px }</style>
  <div id="trading-widget"></div>
  <script src="${stage.venueUrl}/sdk/trading-widget/v1/index.js"></script>
  <script>${snippet}</script>
</html>`;
