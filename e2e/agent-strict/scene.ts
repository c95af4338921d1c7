import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call, logIn } from '../testing/api.ts';
import { VenueProcess } from '../testing/venue-process.ts';
import { receiveWebhooks } from '../testing/webhook-receiver.ts';
import { agentOf, bringUser, tradeAs, type Users } from './partner-of-the-venue.ts';
import type { StrictAgent } from './strict-agent.ts';

/** Every call stands under both. */
export const PREFIXES = ['', '/agent'] as const;
export type Prefix = (typeof PREFIXES)[number];

/** The real venue with two users of the partner for each prefix, the first of whom has traded, and a receiver of webhooks. */
export class StrictScene {
  readonly receiver: Awaited<ReturnType<typeof receiveWebhooks>>;
  readonly #dataFolder: string;
  readonly #users = new Map<Prefix, Users>();
  #venue: VenueProcess;
  #stranger = '';

  private constructor(parts: {
    readonly dataFolder: string;
    readonly receiver: StrictScene['receiver'];
    readonly venue: VenueProcess;
  }) {
    this.#dataFolder = parts.dataFolder;
    this.receiver = parts.receiver;
    this.#venue = parts.venue;
  }

  static async start(): Promise<StrictScene> {
    const dataFolder = mkdtempSync(join(tmpdir(), 'openvenue-strict-'));
    const receiver = await receiveWebhooks();
    const scene = new StrictScene({ dataFolder, receiver, venue: await startVenue(dataFolder, receiver.url) });
    for (const prefix of PREFIXES) {
      const agent = scene.agent(prefix);
      const user = await bringUser(agent, `carol${prefix}`);
      const other = await bringUser(agent, `dave${prefix}`);
      await tradeAs(agent, user);
      scene.#users.set(prefix, { user, other });
    }
    const token = await logIn(scene.url, 'alice', 'alice-demo');
    const info = await call(scene.url, { path: '/v1/private/user/info', auth: { token } });
    scene.#stranger = info.data.userInfo.userId;
    return scene;
  }

  get url(): string {
    return this.#venue.url;
  }

  /** The id at the venue of a user who is none of the partner's. */
  get stranger(): string {
    return this.#stranger;
  }

  agent(prefix: Prefix): StrictAgent {
    return agentOf(this.#venue, prefix);
  }

  users(prefix: Prefix): Users {
    const users = this.#users.get(prefix);
    if (users === undefined) throw new Error(`no users under "${prefix}"`);
    return users;
  }

  /** Pulls the plug and starts again. */
  async killAndRestart(): Promise<void> {
    await this.#venue.kill();
    this.#venue = await startVenue(this.#dataFolder, this.receiver.url);
  }

  async close(): Promise<void> {
    await this.#venue.kill();
    this.receiver.close();
    rmSync(this.#dataFolder, { recursive: true, force: true });
  }
}

const startVenue = (dataFolder: string, webhookUrl: string): Promise<VenueProcess> =>
  VenueProcess.start(dataFolder, { OPENVENUE_DEMO_WEBHOOK_URL: webhookUrl, PARTNER_PORT: 'none' });
