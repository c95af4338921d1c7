import assert from 'node:assert/strict';
import { StrictAgent } from '../agent-strict/strict-agent.ts';
import { VenueProcess } from '../testing/venue-process.ts';

export interface VenueHome {
  readonly dataFolder: string;
  /** The same in every life, so that others can find it again. */
  readonly port: number;
  readonly webhookUrl: string;
}

/** The real venue, which is killed now and then and comes back. */
export class SupervisedVenue {
  readonly #home: VenueHome;
  #running: Promise<VenueProcess>;
  isRestarting = false;
  kills = 0;
  slowestRestartMs = 0;

  constructor(home: VenueHome) {
    this.#home = home;
    this.#running = this.#start();
  }

  /** Resolves when it serves. */
  async up(): Promise<VenueProcess> {
    return this.#running;
  }

  /** Resolves when it serves. */
  async agent(): Promise<StrictAgent> {
    return new StrictAgent({ ...(await this.access()), prefix: '' });
  }

  async access() {
    const venue = await this.#running;
    const [, agentCode = '', apiSecret = ''] = /agentCode=(\S+) apiSecret=(\S+)/.exec(venue.output) ?? [];
    return { url: venue.url, agentCode, apiSecret };
  }

  /** The plug, and at once a new start. One at a time: see `isRestarting`. */
  async killAndRestart(): Promise<void> {
    assert(!this.isRestarting, 'one kill at a time');
    this.isRestarting = true;
    const venue = await this.#running;
    this.kills++;
    this.#running = venue.kill().then(() => this.#start());
    this.slowestRestartMs = Math.max(this.slowestRestartMs, (await this.#running).readyMs);
    this.isRestarting = false;
  }

  /** Ctrl-C. @returns the exit code */
  async stop(): Promise<number | null> {
    return (await this.#running).stop();
  }

  async kill(): Promise<void> {
    await (await this.#running).kill();
  }

  #start(): Promise<VenueProcess> {
    const { dataFolder, port, webhookUrl } = this.#home;
    return VenueProcess.start(dataFolder, {
      PORT: String(port),
      OPENVENUE_DEMO_WEBHOOK_URL: webhookUrl,
      PARTNER_PORT: 'none',
    });
  }
}
