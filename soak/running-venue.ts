import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Accepted, Command } from '@openvenue/core';
import { BTC } from '@openvenue/core/testing';
import { type Money, type PriceTicks, parseDecimal } from '@openvenue/money';
import { pino } from 'pino';
import { readConfiguration } from '../apps/venue/src/configuration.ts';
import { type RunningVenue, startVenue } from '../apps/venue/src/venue.ts';

export const SYMBOL = BTC.symbol;
/** Of the index, in ticks. */
export const PRICE = 600_000 as PriceTicks;
const PRICES_EVERY_MS = 1_000;
const FUNDS = (parseDecimal('10000000') ?? 0n) as Money;
const DAY_MS = 86_400_000;

/** Somebody with money, and a listen key for private connections. */
export interface SoakUser {
  readonly userId: number;
  readonly sessionId: string;
  readonly listenKey: string;
}

/** The whole venue in this process, on a fresh folder: its market is still but for what the soak does. */
export class SoakVenue {
  readonly venue: RunningVenue;
  #users = 0;

  private constructor(venue: RunningVenue) {
    this.venue = venue;
  }

  static async start(environment: Readonly<Record<string, string>> = {}): Promise<SoakVenue> {
    const folder = await mkdtemp(join(tmpdir(), 'openvenue-soak-'));
    const configuration = readConfiguration({
      PORT: '0',
      PARTNER_PORT: 'none',
      PRICES: 'none',
      OPENVENUE_PAGES: 'none',
      OPENVENUE_DATA: folder,
      LOG_LEVEL: 'fatal',
      ...environment,
    });
    const log = pino({ level: configuration.logLevel });
    const onFailed = (error: unknown): void => {
      log.fatal({ err: error }, 'the node has failed');
      process.exit(1);
    };
    const soak = new SoakVenue(await startVenue({ configuration, log, onFailed }));
    await soak.accepted({ type: 'configure-symbol', parameters: BTC });
    await soak.#price();
    // The band of prices moves with the index, which must not grow old.
    setInterval(() => void soak.#price(), PRICES_EVERY_MS).unref();
    return soak;
  }

  get port(): number {
    return Number(new URL(this.venue.url).port);
  }

  /** @throws Error when the core refuses it */
  async accepted(command: Command): Promise<Accepted> {
    const { reply } = await this.venue.node.submit(command);
    if (!reply.ok) throw new Error(`${command.type} was refused: ${reply.reason}`);
    return reply;
  }

  async user(): Promise<SoakUser> {
    const id = ++this.#users;
    const sessionId = `soak-${id}`;
    const listenKey = id.toString(16).padStart(32, '0');
    const created = await this.accepted({
      type: 'create-user',
      username: `soak-${id}`,
      externalUserId: String(2_000_000_000 + id),
      passwordHash: '',
      kind: 'trader',
    });
    if (created.kind !== 'user') throw new Error('no user was created');
    const { userId } = created;
    await this.accepted({ type: 'adjust-wallet', userId, amount: FUNDS, changeType: 'TRANSFER_IN' });
    await this.accepted({
      type: 'open-session',
      userId,
      sessionId,
      refreshTokenHash: '',
      refreshExpiresAtMs: Date.now() + DAY_MS,
      ip: '127.0.0.1',
    });
    await this.accepted({ type: 'create-listen-key', actor: { userId, sessionId }, listenKey });
    return { userId, sessionId, listenKey };
  }

  #price(): Promise<Accepted> {
    const quotes = [{ source: 'soak', price: PRICE, ageMs: 0, weight: 1 }];
    return this.accepted({ type: 'update-prices', symbols: [{ symbol: SYMBOL, quotes }] });
  }
}
