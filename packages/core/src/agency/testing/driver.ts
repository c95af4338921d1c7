import { type Money, money } from '@openvenue/money';
import { StateReader } from '../../state/reader.ts';
import { StateWriter } from '../../state/writer.ts';
import { Agency } from '../agency.ts';
import type { AgencyReads } from '../agency-reads.ts';
import type {
  AgencyCommand,
  AgentAuth,
  CreateAgent,
  CreateEmbedToken,
  CreateEntryTicket,
  Transfer,
  WalletTransfer,
} from '../command.ts';
import type { AgencyEvent } from '../event.ts';
import { AGENCY_LIMITS, type AgencyLimits } from '../limits.ts';
import type { AgencyResult } from '../reply.ts';
import { FakeVenue } from './fake-venue.ts';

export const START_MS = 1_700_000_000_000;
export const ORIGIN = 'https://partner.example';

/** A hash as commands carry it: the number in 64 hex digits. */
export const hash = (number: number): string => number.toString(16).padStart(64, '0');

/** Whole USDT. */
export const usdt = (amount: number): Money => money(BigInt(amount) * 100_000_000n);

export interface Turned {
  readonly reply: AgencyResult;
  readonly events: readonly AgencyEvent[];
}

export function bytesOf(agency: Agency): Uint8Array {
  const writer = new StateWriter();
  agency.save(writer);
  return writer.finish();
}

/** An agency that was loaded from those bytes, all of them. */
export function restoredFrom(bytes: Uint8Array, limits: AgencyLimits = AGENCY_LIMITS): Agency {
  const agency = new Agency(limits);
  const reader = new StateReader(bytes);
  agency.load(reader);
  reader.finish();
  return agency;
}

/** Drives an agency as the core does: time first, then the command. */
export class Driver {
  readonly venue = new FakeVenue();
  agency: Agency;
  timeMs = START_MS;
  #draws = 0;

  constructor(limits: Partial<AgencyLimits> = {}) {
    this.agency = new Agency({ ...AGENCY_LIMITS, ...limits });
  }

  get reads(): AgencyReads {
    return this.agency.reads;
  }

  run(command: AgencyCommand): Turned {
    const events: AgencyEvent[] = [];
    const emit = (event: AgencyEvent): void => {
      events.push(event);
    };
    this.agency.expire(this.timeMs, emit);
    const reply = this.agency.apply(command, this.timeMs, { ports: this.venue, emit });
    return { reply, events };
  }

  /** Lets time go on and ends what is due. */
  pass(durationMs: number): readonly AgencyEvent[] {
    const events: AgencyEvent[] = [];
    this.timeMs += durationMs;
    this.agency.expire(this.timeMs, (event) => {
      events.push(event);
    });
    return events;
  }

  bytes(): Uint8Array {
    return bytesOf(this.agency);
  }

  /** A nonce that was never used. */
  auth(agentId: number): AgentAuth {
    return { agentId, nonceHash: hash(1_000_000 + ++this.#draws), expiresAtMs: this.timeMs + 300_000 };
  }

  create(number: number, fields: Partial<CreateAgent> = {}): Turned {
    return this.run({
      type: 'create-agent',
      agentCode: `agent-${number}`,
      publicNumber: String(5_000_000_000 + number),
      name: `Agent ${number}`,
      webhookUrl: 'https://partner.example/hook',
      sealedSecrets: ['sealed-1'],
      origins: [ORIGIN],
      depositless: false,
      ...fields,
    });
  }

  /** Adds an agent whose names follow from the number and returns its id. */
  agent(number: number, fields: Partial<CreateAgent> = {}): number {
    const { reply } = this.create(number, fields);
    if (!reply.ok || reply.kind !== 'agent') throw new Error(`no agent: ${JSON.stringify(reply)}`);
    return reply.agentId;
  }

  bind(agentId: number, agentUserId: string, externalUserId = String(1_000_000_000 + ++this.#draws)): Turned {
    return this.run({ type: 'bind-user', agentAuth: this.auth(agentId), agentUserId, externalUserId });
  }

  /** Binds a user and returns its id. */
  user(agentId: number, agentUserId: string): number {
    const { reply } = this.bind(agentId, agentUserId);
    if (!reply.ok || reply.kind !== 'binding') throw new Error(`no user: ${JSON.stringify(reply)}`);
    return reply.userId;
  }

  deposit(agentId: number, amount: Money): Turned {
    return this.run({ type: 'adjust-agent-deposit', agentId, amount });
  }

  transfer(
    agentId: number,
    agentOrderNo: string,
    fields: Partial<Omit<Transfer, 'type'>> & { agentUserId?: string } = {},
  ): Turned {
    const { agentUserId = 'alice', ...rest } = fields;
    return this.run({
      type: 'transfer',
      agentAuth: this.auth(agentId),
      agentOrderNo,
      user: { agentUserId },
      direction: 'IN',
      currency: 'USDT',
      amount: usdt(10),
      ...rest,
    });
  }

  allOut(agentId: number, agentOrderNo: string, agentUserId = 'alice'): Turned {
    const agentAuth = this.auth(agentId);
    return this.run({ type: 'transfer-all-out', agentAuth, agentOrderNo, user: { agentUserId }, currency: 'USDT' });
  }

  reverse(agentId: number, origOrderNo: string, reverseOrderNo: string, reason = 'mistake'): Turned {
    const agentAuth = this.auth(agentId);
    return this.run({ type: 'reverse-transfer', agentAuth, origOrderNo, reverseOrderNo, reason });
  }

  /** Without an amount: all there is. */
  walletTransfer(
    agentId: number,
    agentOrderNo: string,
    fields: Partial<Omit<WalletTransfer, 'type'>> & { agentUserId?: string } = {},
  ): Turned {
    const { agentUserId = 'alice', ...rest } = fields;
    return this.run({
      type: 'wallet-transfer',
      agentAuth: this.auth(agentId),
      agentOrderNo,
      user: { agentUserId },
      direction: 'PARTNER_TO_FUNDING',
      currency: 'USDT',
      ...rest,
    });
  }

  ticket(agentId: number, number: number, fields: Partial<CreateEntryTicket> = {}): Turned {
    return this.run({
      type: 'create-entry-ticket',
      agentAuth: this.auth(agentId),
      user: { agentUserId: 'alice' },
      ticketHash: hash(number),
      redirectPath: '/trade/BTCUSDT',
      returnUrl: 'https://partner.example/back?x=1',
      ...fields,
    });
  }

  embedToken(agentId: number, number: number, fields: Partial<CreateEmbedToken> = {}): Turned {
    return this.run({
      type: 'create-embed-token',
      agentAuth: this.auth(agentId),
      user: { agentUserId: 'alice' },
      tokenHash: hash(number),
      channelId: 'channel-1',
      symbol: 'BTCUSDT',
      ...fields,
    });
  }

  exchangeTicket(number: number): Turned {
    const session = { ...this.session(number), refreshTokenHash: hash(77) };
    return this.run({ type: 'exchange-ticket', ticketHash: hash(number), session });
  }

  exchangeEmbedToken(number: number, fields: { channelId?: string; embedOrigin?: string } = {}): Turned {
    return this.run({
      type: 'exchange-embed-token',
      tokenHash: hash(number),
      channelId: 'channel-1',
      embedOrigin: ORIGIN,
      session: this.session(number),
      ...fields,
    });
  }

  session(number: number) {
    return { sessionId: `session-${number}`, refreshExpiresAtMs: this.timeMs + 1_800_000, ip: '192.0.2.1' };
  }
}

/** One agent with a deposit of 1,000 USDT and the user `alice`, whose id is 1. */
export function opened(limits: Partial<AgencyLimits> = {}): { driver: Driver; agentId: number; userId: number } {
  const driver = new Driver(limits);
  const agentId = driver.agent(1);
  driver.deposit(agentId, usdt(1_000));
  const userId = driver.user(agentId, 'alice');
  return { driver, agentId, userId };
}

/** The deposit and the wallet, in whole USDT. */
export function balances({ driver, agentId, userId }: ReturnType<typeof opened>): {
  readonly deposit: number;
  readonly wallet: number;
} {
  const whole = (amount: bigint): number => Number(amount) / 100_000_000;
  return { deposit: whole(driver.reads.agent(agentId)?.deposit ?? 0n), wallet: whole(driver.venue.wallet(userId)) };
}
