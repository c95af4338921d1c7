/// <reference lib="dom" />
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { TERMINAL_WORDS, type TerminalLocale, type TerminalWords } from './terminal-words.ts';

/** A terminal as its user sees it: in a page of its own, or in a frame of a partner's page. */
export class TradingTerminal {
  readonly root: Page | FrameLocator;
  readonly words: TerminalWords;

  constructor(root: Page | FrameLocator, locale: TerminalLocale = 'en') {
    this.root = root;
    this.words = TERMINAL_WORDS[locale];
  }

  /** Until the account of the user who is signed in is there, and the market is live. */
  async readyToTrade(): Promise<void> {
    await this.show('trade');
    await this.root.getByRole('button', { name: this.words.buy }).last().click({ trial: true });
  }

  /** Brings a panel to the screen where only one fits. */
  async show(panel: keyof TerminalWords['tabs']): Promise<void> {
    const { panels, tabs } = this.words;
    await this.root.getByRole('main').waitFor();
    await this.#dismissNotices();
    const list = this.root.getByRole('tablist', { name: panels, exact: true });
    if ((await list.count()) > 0) await list.getByRole('tab', { name: tabs[panel], exact: true }).click();
  }

  async buyLimit(order: { readonly price: string; readonly quantity: string }): Promise<void> {
    await this.show('trade');
    await this.root.getByRole('tab', { name: this.words.limit, exact: true }).click();
    await this.#field(this.words.price).fill(order.price);
    await this.#draft(order.quantity);
    await this.#confirm();
  }

  async buyMarket(quantity: string): Promise<void> {
    await this.draftMarket(quantity);
    await this.#confirm();
  }

  /** As far as the question whether the order is to be sent. */
  async draftMarket(quantity: string): Promise<void> {
    await this.show('trade');
    await this.root.getByRole('tab', { name: this.words.market, exact: true }).click();
    await this.#draft(quantity);
  }

  /** The row of the only position. */
  async position(): Promise<Locator> {
    return this.#rowOf(this.words.positions);
  }

  /** The row of the only open order. */
  async openOrder(): Promise<Locator> {
    return this.#rowOf(this.words.openOrders);
  }

  /** Until so many positions and open orders are there. */
  async holds(counts: { readonly positions: number; readonly openOrders: number }): Promise<void> {
    await this.show('trade');
    for (const name of ['positions', 'openOrders'] as const) {
      await this.#tab(this.words[name], counts[name]).waitFor();
    }
  }

  async closeAtMarket(): Promise<void> {
    await this.#choose(this.words.positions);
    await this.root.getByRole('button', { name: this.words.closeAtMarket, exact: true }).click();
    await this.#dialog().getByRole('button', { name: this.words.closePosition, exact: true }).click();
  }

  async cancelOrder(quantity: string): Promise<void> {
    await this.#choose(this.words.openOrders);
    await this.root.getByRole('button', { name: this.words.cancel(quantity), exact: true }).click();
  }

  /** The mark of the user's own order in the book, whose rows are put together by this step of prices. */
  async ownOrderMark(step: string): Promise<Locator> {
    await this.show('book');
    await this.root.getByRole('combobox', { name: this.words.priceStep }).selectOption(step);
    return this.root.getByRole('table', { name: this.words.bids }).getByRole('img', { name: this.words.ownOrder });
  }

  /** Whether the chart shows a label whose colour is that of a style variable, such as `--accent-solid` for a position. */
  async hasChartLabel(variable: string): Promise<boolean> {
    await this.show('chart');
    const chart = this.root.getByRole('group', { name: this.words.chart, exact: true });
    await chart.waitFor();
    return chart.evaluate(hasLabel, variable);
  }

  #field(name: string): Locator {
    return this.root.getByRole('textbox', { name, exact: true });
  }

  async #draft(quantity: string): Promise<void> {
    await this.#field(this.words.size).fill(quantity);
    await this.root.getByRole('button', { name: this.words.buy }).last().click();
  }

  async #confirm(): Promise<void> {
    await this.#dialog().getByRole('button', { name: this.words.confirm, exact: true }).click();
  }

  /** On a phone they cover the tabs for some seconds. One that goes by itself at this moment is not waited for. */
  async #dismissNotices(): Promise<void> {
    const buttons = this.root.getByRole('region', { name: this.words.notifications, exact: true }).getByRole('button');
    await buttons.evaluateAll((shown) => {
      for (const button of shown) (button as HTMLButtonElement).click();
    });
  }

  #dialog(): Locator {
    return this.root.locator('dialog[open]');
  }

  #tab(title: string, count?: number): Locator {
    return this.root.getByRole('tab', { name: new RegExp(`^${title} \\(${count ?? '\\d+'}\\)$`) });
  }

  async #choose(title: string): Promise<void> {
    await this.show('trade');
    await this.#tab(title).click();
  }

  /** A row of a table, or a card on a phone. */
  async #rowOf(title: string): Promise<Locator> {
    await this.#choose(title);
    const panel = this.root.getByRole('tabpanel', { name: this.#nameOf(title) });
    const row = panel.locator('tbody tr, ul > li').first();
    await row.waitFor();
    return row;
  }

  #nameOf(title: string): RegExp {
    return new RegExp(`^${title} \\(\\d+\\)$`);
  }
}

/**
 * Runs in the page. A label is an area of one colour: a line is lower, and a candle is narrower. The axis of prices is left out,
 * because the last price has a label there in the colour of its direction.
 */
function hasLabel(chart: Element, variable: string): boolean {
  const AXIS_MAX_PX = 200;
  const LABEL_MIN = { width: 24, rows: 3 };
  const probe = document.createElement('canvas').getContext('2d');
  const color = getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
  if (probe === null || color === '') throw new Error(`the page has no colour ${variable}`);
  probe.fillStyle = color;
  probe.fillRect(0, 0, 1, 1);
  const wanted = new Uint32Array(probe.getImageData(0, 0, 1, 1).data.buffer)[0];
  const hasRun = (row: Uint32Array): boolean => {
    let run = 0;
    return row.some((pixel) => {
      run = pixel === wanted ? run + 1 : 0;
      return run >= LABEL_MIN.width * devicePixelRatio;
    });
  };
  for (const { width, height, clientWidth, ...canvas } of [...chart.querySelectorAll('canvas')].map(readable)) {
    if (clientWidth <= AXIS_MAX_PX || width === 0 || height === 0) continue;
    const pixels = canvas.read();
    let rows = 0;
    for (let y = 0; y < height; y++) {
      rows = hasRun(pixels.subarray(y * width, (y + 1) * width)) ? rows + 1 : 0;
      if (rows >= LABEL_MIN.rows) return true;
    }
  }
  return false;

  /** Copied, because a canvas that is read often is taken off the graphics card, and the browser warns of it. */
  function readable(canvas: HTMLCanvasElement) {
    const { width, height, clientWidth } = canvas;
    const read = (): Uint32Array => {
      const copy = document.createElement('canvas');
      Object.assign(copy, { width, height });
      const context = copy.getContext('2d', { willReadFrequently: true });
      context?.drawImage(canvas, 0, 0);
      return new Uint32Array(context?.getImageData(0, 0, width, height).data.buffer ?? new ArrayBuffer(0));
    };
    return { width, height, clientWidth, read };
  }
}
