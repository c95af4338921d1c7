/// <reference lib="dom" />
import type { EmbedToken, TradingWidgetLoader, WidgetInstance, WidgetOptions } from '@openvenue/widget';
import type { BrowserContext, Page } from 'playwright-core';
import { TradingTerminal } from './trading-terminal.ts';

const CONTAINERS = ['first', 'second'] as const;
type Container = (typeof CONTAINERS)[number];

/** What the tests keep in the page. */
interface Bench {
  readonly widgets: Partial<Record<Container, WidgetInstance>>;
  /** Events of each widget, oldest first. */
  readonly heard: Partial<Record<Container, Heard[]>>;
  /** Tokens that the partner's back end gave. */
  readonly given: EmbedToken[];
  /** Handed out in place of one from the back end. */
  planted: EmbedToken | undefined;
}

export interface Heard {
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

declare global {
  interface Window {
    TradingWidget: TradingWidgetLoader;
    bench: Bench;
  }
}

/** A page of the partner's origin with the widget's script and two places for widgets, whose script is the test's. */
export class WidgetPage {
  readonly page: Page;
  readonly #venueUrl: string;

  private constructor(page: Page, venueUrl: string) {
    this.page = page;
    this.#venueUrl = venueUrl;
  }

  /** The browser has to be signed in at the partner's before a widget is created. */
  static async open(
    context: BrowserContext,
    site: { readonly partnerUrl: string; readonly venueUrl: string; readonly html?: string },
  ): Promise<WidgetPage> {
    const address = `${site.partnerUrl}/bench`;
    await context.route(address, (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', body: pageWith(site.html ?? '') }),
    );
    const page = await context.newPage();
    await page.goto(address);
    const bench = new WidgetPage(page, site.venueUrl);
    return bench;
  }

  /** Loads the widget's script; returns the names that the page's global object has since. */
  async loadScript(): Promise<readonly string[]> {
    const before = await this.page.evaluate(() => Object.getOwnPropertyNames(window));
    await this.page.addScriptTag({ url: `${this.#venueUrl}/sdk/trading-widget/v1/index.js` });
    const after = await this.page.evaluate(() => Object.getOwnPropertyNames(window));
    return after.filter((name) => !before.includes(name));
  }

  /** Creates a widget that signs in through the partner's back end. */
  async create(container: Container, options: Pick<WidgetOptions, 'symbol' | 'theme' | 'display'> = {}): Promise<void> {
    await this.page.evaluate(createInPage, { container, options });
  }

  whenReady(container: Container): Promise<void> {
    return this.page.evaluate((name) => window.bench.widgets[name]?.whenReady(), container);
  }

  /** What the widget has told so far. */
  heard(container: Container): Promise<readonly Heard[]> {
    return this.page.evaluate((name) => window.bench.heard[name] ?? [], container);
  }

  /** Waits for an event of the widget. */
  async hears(container: Container, event: string): Promise<Heard> {
    const found = await this.page.waitForFunction(
      ([name, wanted]) => window.bench.heard[name]?.find((each) => each.event === wanted),
      [container, event] as const,
    );
    const heard = await found.jsonValue();
    if (heard === undefined) throw new Error(`the widget has not told of ${event}`);
    return heard;
  }

  /** The next tokens come from here and not from the back end. */
  plant(token: EmbedToken | undefined): Promise<void> {
    return this.page.evaluate((given) => {
      window.bench.planted = given;
    }, token);
  }

  /** Tokens that the back end has given so far. */
  given(): Promise<readonly EmbedToken[]> {
    return this.page.evaluate(() => window.bench.given);
  }

  terminal(container: Container): TradingTerminal {
    return new TradingTerminal(this.page.frameLocator(`#${container} iframe`));
  }
}

function createInPage({ container, options }: { container: Container; options: WidgetOptions }): void {
  const widget = window.TradingWidget.create(`#${container}`, {
    ...options,
    locale: 'en',
    auth: {
      mode: 'partner-token',
      tokenProvider: async ({ channelId, symbol, reason }) => {
        const { planted, given } = window.bench;
        if (planted !== undefined) return planted;
        const reply = await fetch('/api/trading/embed-token', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ channelId, symbol, reason }),
        });
        const token = (await reply.json()) as EmbedToken;
        given.push(token);
        return token;
      },
    },
  });
  const heard: Heard[] = [];
  window.bench.widgets[container] = widget;
  window.bench.heard[container] = heard;
  for (const event of [
    'ready',
    'error',
    'state_changed',
    'auth_state_changed',
    'symbol_changed',
    'locale_changed',
  ] as const)
    widget.on(event, (payload) => heard.push({ event, payload: { ...payload } }));
  for (const event of ['order_created', 'order_failed', 'destroyed'] as const)
    widget.on(event, (payload) => heard.push({ event, payload: { ...payload } }));
}

const pageWith = (html: string): string => `<!doctype html>
<html lang="en">
  <title>Bench</title>
  <style>${CONTAINERS.map((name) => `#${name}`).join(', ')} { height: 600px }</style>
  ${CONTAINERS.map((name) => `<div id="${name}"></div>`).join('\n  ')}
  ${html}
  <script>window.bench = { widgets: {}, heard: {}, given: [], planted: undefined }</script>
</html>`;
