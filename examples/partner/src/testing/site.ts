import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeVenue, startFakeVenue } from '@openvenue/agent-sdk/testing';
import type { Configuration } from '../configuration.ts';
import { type Site, startSite } from '../site.ts';
import { AGENT_CODE, API_SECRET } from './books.ts';

/** Enough to be told from no hash, not enough to cost time. */
export const CHEAP = { cost: 16, blockSize: 1, parallelization: 1 };

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // What a page would read out of it.
  readonly body: {
    readonly error?: { readonly code: string; readonly message: string };
    readonly username?: string;
    readonly balance?: string;
    readonly tradingBalance?: string;
    readonly embedToken?: string;
    readonly expireAt?: number;
    readonly webUrl?: string;
    readonly transfer?: TransferView;
    readonly transfers?: readonly TransferView[];
  };
}

interface TransferView {
  readonly orderNo: string;
  readonly direction: string;
  readonly amount: string;
  readonly status: string;
  readonly failReason: string;
}

/** A browser with the site open: it keeps the cookie and says where it comes from. */
export class Browser {
  readonly #url: string;
  cookie = '';

  constructor(url: string) {
    this.#url = url;
  }

  get(path: string): Promise<Answer> {
    return this.#send(path, { headers: { cookie: this.cookie } });
  }

  post(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const own = { 'content-type': 'application/json', origin: this.#url, cookie: this.cookie };
    return this.#send(path, { method: 'POST', headers: { ...own, ...headers }, body: JSON.stringify(body) });
  }

  async signIn(): Promise<this> {
    const { status } = await this.post('/api/login', { username: 'carol', password: 'carol-demo' });
    if (status !== 200) throw new Error(`carol could not sign in: ${status}`);
    return this;
  }

  async #send(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(`${this.#url}${path}`, init);
    const [cookie = ''] = response.headers.getSetCookie();
    if (cookie !== '') this.cookie = cookie.replace(/;.*/, '');
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : {} };
  }
}

/** A running site on a free port with its venue, in a folder of its own. */
export class Scene {
  readonly venue: FakeVenue;
  readonly folder: string;
  site: Site;
  readonly #configuration: Partial<Configuration>;

  private constructor(parts: {
    readonly venue: FakeVenue;
    readonly folder: string;
    readonly site: Site;
    readonly configuration: Partial<Configuration>;
  }) {
    this.venue = parts.venue;
    this.folder = parts.folder;
    this.site = parts.site;
    this.#configuration = parts.configuration;
  }

  static async start(configuration: Partial<Configuration> = {}): Promise<Scene> {
    const venue = await startFakeVenue();
    venue.addAgent({ agentCode: AGENT_CODE, apiSecret: API_SECRET, depositBalance: '50000' });
    const folder = mkdtempSync(join(tmpdir(), 'partner-'));
    const site = await startSite({
      configuration: configurationFor(venue, folder, configuration),
      logLevel: 'silent',
      passwordCost: CHEAP,
    });
    const scene = new Scene({ venue, folder, site, configuration });
    venue.setWebhookUrl(AGENT_CODE, `${site.url}/webhooks/openvenue`);
    return scene;
  }

  browser(): Browser {
    return new Browser(this.site.url);
  }

  async restart(): Promise<void> {
    await this.site.close();
    const configuration = configurationFor(this.venue, this.folder, this.#configuration);
    this.site = await startSite({ configuration, logLevel: 'silent', passwordCost: CHEAP });
    this.venue.setWebhookUrl(AGENT_CODE, `${this.site.url}/webhooks/openvenue`);
  }

  /** Carol's trading wallet at the venue. */
  trading(): string {
    const agentUserId = this.site.users.byName('carol')?.userId ?? '';
    return this.venue.walletsOf({ agentCode: AGENT_CODE, agentUserId }).contract;
  }

  async close(): Promise<void> {
    await this.site.close();
    await this.venue.close();
    rmSync(this.folder, { recursive: true });
  }
}

function configurationFor(venue: FakeVenue, dataFolder: string, more: Partial<Configuration>): Configuration {
  return {
    host: '127.0.0.1',
    port: 0,
    venueUrl: venue.baseUrl,
    agentCode: AGENT_CODE,
    apiSecrets: [API_SECRET],
    dataFolder,
    origin: undefined,
    trustProxy: [],
    isDemo: true,
    ...more,
  };
}
