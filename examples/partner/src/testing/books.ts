import { type AgentClient, type Clock, createAgentClient } from '@openvenue/agent-sdk';
import { type FakeVenue, startFakeVenue } from '@openvenue/agent-sdk/testing';
import { openMemoryDatabase } from '../database.ts';
import type { Log } from '../log.ts';
import { parseAmount } from '../money/amount.ts';
import { Ledger, userAccount } from '../money/ledger.ts';
import { Transfers } from '../money/transfers.ts';
import { Users } from '../people/users.ts';
import { Courier } from '../venue/courier.ts';
import { Inbox } from '../venue/inbox.ts';

export const AGENT_CODE = 'harbour';
export const API_SECRET = 'a secret between harbour and the venue';

/** Pauses end at once and time limits never come, so a run depends on nothing but its calls. */
export const HASTY_CLOCK: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, delayMs) => {
    if (delayMs > 5_000) return () => undefined;
    const immediate = setImmediate(callback);
    return () => clearImmediate(immediate);
  },
};

/** What was logged, by level. */
export class RecordedLog implements Log {
  readonly infos: string[] = [];
  readonly warnings: string[] = [];
  readonly errors: string[] = [];
  info(_fields: object, message: string): void {
    this.infos.push(message);
  }
  warn(_fields: object, message: string): void {
    this.warnings.push(message);
  }
  error(_fields: object, message: string): void {
    this.errors.push(message);
  }
}

export type Books = ReturnType<typeof makeBooks>;

/** The site's books in memory with one user, carol, who has 100 USDT. */
export function makeBooks() {
  const log = new RecordedLog();
  const clock = { nowMs: 1_772_007_815_000 };
  const now = (): number => clock.nowMs;
  const database = openMemoryDatabase();
  const ledger = new Ledger(database);
  const transfers = new Transfers(database, ledger, now);
  const users = new Users(database, ledger, now);
  const inbox = new Inbox({ database, transfers, log, now });
  const carol = users.add({ username: 'carol', passwordHash: '', openingBalance: units('100') });
  return {
    database,
    ledger,
    transfers,
    users,
    inbox,
    log,
    clock,
    carol,
    balance: () => ledger.balanceOf(userAccount(carol.userId)),
    /** A courier as a freshly started process has it. */
    courier: (client: Pick<AgentClient, 'transfer' | 'transferAllOut' | 'queryOrder'>) =>
      new Courier({ client, transfers, log, now, random: () => 0.5 }),
    intend: (direction: 'IN' | 'OUT', amount: string | undefined) => {
      const wanted = { userId: carol.userId, direction, requestId: undefined };
      const intent = transfers.intend({ ...wanted, amount: amount === undefined ? undefined : units(amount) });
      if (!intent.ok) throw new Error(intent.reason);
      return intent.transfer.orderNo;
    },
  };
}

export function units(decimal: string): bigint {
  const parsed = parseAmount(decimal);
  if (parsed === undefined) throw new RangeError(`${decimal} is no amount`);
  return parsed;
}

/** A fake venue that knows carol, and a client that asks it once per call. */
export async function makeVenue(books: Books): Promise<{ readonly venue: FakeVenue; readonly client: AgentClient }> {
  const venue = await startFakeVenue();
  venue.addAgent({ agentCode: AGENT_CODE, apiSecret: API_SECRET, depositBalance: '1000' });
  const identity = { baseUrl: venue.baseUrl, agentCode: AGENT_CODE, apiSecret: API_SECRET };
  const client = createAgentClient({ ...identity, clock: HASTY_CLOCK, maxAttempts: 1 });
  await client.bind({ agentUserId: books.carol.userId });
  return { venue, client };
}
