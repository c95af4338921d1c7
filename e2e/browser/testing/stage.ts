import type { Browser, BrowserContext } from 'playwright-core';
import { onTestFailed, onTestFinished } from 'vitest';
import type { AgentCaller } from '../../testing/agent-caller.ts';
import { startChromium } from './chromium.ts';
import { VenueWithPartner } from './venue-with-partner.ts';
import { openWatchedContext, type WatchedContextOptions } from './watched-context.ts';

/** Characters of the output of venue and partner that a failed test shows. */
const OUTPUT_SHOWN = 4_000;

export interface StageContextOptions extends WatchedContextOptions {
  /** Asks for a browser of its own, started with these besides the usual ones. */
  readonly chromiumArguments?: readonly string[];
}

/** A venue, a partner and a browser: what the tests of one file share. */
export class Stage {
  readonly #servers: VenueWithPartner;
  readonly #browser: Browser;

  private constructor(servers: VenueWithPartner, browser: Browser) {
    this.#servers = servers;
    this.#browser = browser;
  }

  static async start(): Promise<Stage> {
    const servers = await VenueWithPartner.start();
    try {
      return new Stage(servers, await startChromium());
    } catch (error) {
      await servers.stop();
      throw error;
    }
  }

  get venueUrl(): string {
    return this.#servers.venueUrl;
  }

  get partnerUrl(): string {
    return this.#servers.partnerUrl;
  }

  get agent(): AgentCaller {
    return this.#servers.agent;
  }

  /** A browser profile for the current test. */
  async openContext({ chromiumArguments, ...options }: StageContextOptions = {}): Promise<BrowserContext> {
    onTestFailed(() => {
      process.stderr.write(`\nWhat the servers said:\n${this.#servers.output.slice(-OUTPUT_SHOWN)}\n`);
    });
    if (chromiumArguments === undefined) return openWatchedContext(this.#browser, options);
    const browser = await startChromium(chromiumArguments);
    onTestFinished(() => browser.close());
    return openWatchedContext(browser, options);
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await this.#servers.stop();
  }
}
