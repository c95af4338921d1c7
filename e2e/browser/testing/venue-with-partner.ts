import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AgentCaller } from '../../testing/agent-caller.ts';
import { VenueProcess } from '../../testing/venue-process.ts';

/** The real venue and the real partner beside it, on free ports of this machine and with a data folder of their own. */
export class VenueWithPartner {
  /** Origin of the venue. */
  readonly venueUrl: string;
  /** Origin of the partner's page. */
  readonly partnerUrl: string;
  /** The Agent API as the partner's own back end may call it. */
  readonly agent: AgentCaller;
  readonly #venue: VenueProcess;
  readonly #dataFolder: string;

  private constructor(venue: VenueProcess, dataFolder: string) {
    this.#venue = venue;
    this.#dataFolder = dataFolder;
    const [, partnerUrl] = /Open (http:\/\/\S+)/.exec(venue.output) ?? [];
    if (partnerUrl === undefined) throw new Error(`the banner names no page of the partner:\n${venue.output}`);
    const [, agentCode = '', apiSecret = ''] = /agentCode=(\S+) apiSecret=(\S+)/.exec(venue.output) ?? [];
    this.venueUrl = venue.url;
    this.partnerUrl = partnerUrl;
    this.agent = new AgentCaller({ url: venue.url, agentCode, apiSecret });
  }

  static async start(): Promise<VenueWithPartner> {
    const dataFolder = mkdtempSync(join(tmpdir(), 'openvenue-browser-'));
    const venue = await VenueProcess.start(dataFolder, { PARTNER_PORT: '0' });
    try {
      return new VenueWithPartner(venue, dataFolder);
    } catch (error) {
      await venue.stop();
      throw error;
    }
  }

  /** Everything that the venue and the partner have printed. */
  get output(): string {
    return this.#venue.output;
  }

  async stop(): Promise<void> {
    await this.#venue.stop();
    rmSync(this.#dataFolder, { recursive: true, force: true });
  }
}
