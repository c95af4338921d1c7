import { type AgentClient, OutcomeUnknownError, type WebhookEvent } from '@openvenue/agent-sdk';
import type { FakeVenue } from '@openvenue/agent-sdk/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAmount } from '../money/amount.ts';
import { judge, type TransferStatus } from '../money/transfer-status.ts';
import { AGENT_CODE, type Books, makeBooks, makeVenue, units } from '../testing/books.ts';
import { CONTRADICTION, type Courier } from './courier.ts';

/** The process ends here: what was not written down is lost. */
class Killed extends Error {}

/** What becomes of the next call: the process ends before it, or after its answer; or nobody waits until it arrives. */
type Fate = 'killed before' | 'killed after' | 'late';

type Kind = 'lose-request' | 'lose-reply' | 'cut-reply' | 'processing' | 'refuse';

const PATHS = ['/v1/agent/transfer', '/v1/agent/transfer-all-out', '/v1/agent/query-order'] as const;
const amount = fc.integer({ min: 1, max: 60_00000000 }).map((value) => formatAmount(BigInt(value)));
const pick = fc.nat();
const fault = fc.record({
  path: fc.constantFrom(...PATHS),
  kind: fc.constantFrom<Kind>('lose-request', 'lose-reply', 'cut-reply', 'processing', 'refuse'),
});
/** What the calls of a step meet, if anything. */
const trouble = {
  fate: fc.option(fc.constantFrom<Fate>('killed before', 'killed after', 'late'), { nil: undefined }),
  fault: fc.option(fault, { nil: undefined }),
};
const step = fc.oneof(
  fc.record({ do: fc.constant('deposit' as const), amount, ...trouble }),
  fc.record({ do: fc.constant('withdraw' as const), amount, ...trouble }),
  fc.record({ do: fc.constant('withdraw-all' as const), ...trouble }),
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reconcile' as const), pick, ...trouble }) },
  fc.record({ do: fc.constant('webhook' as const), pick }),
  fc.record({ do: fc.constant('resolve' as const), pick }),
  fc.record({ do: fc.constant('reverse' as const), pick }),
  fc.record({ do: fc.constant('trade' as const), amount }),
  fc.record({ do: fc.constant('arrive' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** One site and one venue, the site's process killed now and then. */
class Run {
  readonly books: Books;
  readonly venue: FakeVenue;
  readonly client: AgentClient;
  readonly #statuses = new Map<string, TransferStatus>();
  #fate: Fate | undefined;
  /** Calls that are still on their way to the venue. */
  readonly #late: (() => Promise<unknown>)[] = [];
  #courier: Courier;
  /** What the user has gained by trading, in units. */
  gained = 0n;

  constructor(books: Books, made: { readonly venue: FakeVenue; readonly client: AgentClient }) {
    this.books = books;
    this.venue = made.venue;
    this.client = made.client;
    this.#courier = books.courier(this.#killable());
  }

  async take(next: Step): Promise<void> {
    if ('fate' in next) this.#prepare(next);
    if (next.do === 'deposit') await this.#move('IN', next.amount);
    else if (next.do === 'withdraw') await this.#move('OUT', next.amount);
    else if (next.do === 'withdraw-all') await this.#move('OUT', undefined);
    else if (next.do === 'reconcile') await this.#attempt(this.#among(this.#numbers(), next.pick));
    else if (next.do === 'webhook') await this.#webhook(next.pick);
    else if (next.do === 'resolve') this.#resolve(next.pick);
    else if (next.do === 'reverse') await this.#reverse(next.pick);
    else if (next.do === 'trade') this.#trade(next.amount);
    else await this.#arrive();
    this.#check();
  }

  #prepare({ fate, fault }: Pick<Extract<Step, { fate: unknown }>, 'fate' | 'fault'>): void {
    this.#fate = fate;
    this.venue.clearFaults();
    if (fault === undefined) return;
    const { path, kind } = fault;
    if (kind === 'refuse') this.venue.inject({ kind, path, code: 6002, message: 'disabled' });
    else this.venue.inject({ kind, path });
  }

  /** The venue works again, and the site gets to know everything. */
  async settle(): Promise<void> {
    this.#fate = undefined;
    this.venue.clearFaults();
    await this.#arrive();
    for (const number of this.#numbers()) {
      await this.#attempt(number);
      this.#resolve(this.#numbers().indexOf(number));
      await this.#attempt(number);
    }
    const events = await this.#events();
    for (const event of [...events].reverse()) this.books.inbox.take(event);
    this.#check();
  }

  #check(): void {
    const { ledger, transfers, carol, log } = this.books;
    expect(ledger.findFaults()).toEqual([]);
    expect(log.errors).not.toContain(CONTRADICTION);
    for (const { orderNo, status } of transfers.listOf(carol.userId)) {
      const before = this.#statuses.get(orderNo) ?? status;
      expect(before === status || judge(before, status) === 'advance', `${before} to ${status}`).toBe(true);
      this.#statuses.set(orderNo, status);
    }
  }

  async #move(direction: 'IN' | 'OUT', value: string | undefined): Promise<void> {
    const { transfers, carol } = this.books;
    const amountOrAll = value === undefined ? undefined : units(value);
    const intent = transfers.intend({ userId: carol.userId, direction, amount: amountOrAll, requestId: undefined });
    if (intent.ok) await this.#attempt(intent.transfer.orderNo);
  }

  async #attempt(orderNo: string | undefined): Promise<void> {
    if (orderNo === undefined) return;
    try {
      await this.#courier.attempt(orderNo);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      // The next process knows only what is in the books.
      this.#courier = this.books.courier(this.#killable());
    }
  }

  #killable(): AgentClient {
    const through = async <T>(orderNo: string, call: () => Promise<T>): Promise<T> => {
      const fate = this.#fate;
      this.#fate = undefined;
      if (fate === 'killed before') throw new Killed();
      if (fate === 'late') {
        this.#late.push(call);
        throw new OutcomeUnknownError(orderNo, { path: '', requestId: '' }, undefined);
      }
      const answer = await call();
      if (fate === 'killed after') throw new Killed();
      return answer;
    };
    const { client } = this;
    return {
      ...client,
      transfer: (request) => through(request.agentOrderNo, () => client.transfer(request)),
      transferAllOut: (request) => through(request.agentOrderNo, () => client.transferAllOut(request)),
      queryOrder: (request) => through(request.orderNo, () => client.queryOrder(request)),
    };
  }

  async #arrive(): Promise<void> {
    // Nobody hears the answers.
    for (const call of this.#late.splice(0)) await call().catch(() => undefined);
  }

  async #webhook(index: number): Promise<void> {
    const event = this.#among(await this.#events(), index);
    if (event !== undefined) this.books.inbox.take(event);
  }

  async #events(): Promise<readonly WebhookEvent[]> {
    return (await this.client.events({ afterSeq: 0, limit: 1_000 })).events;
  }

  #resolve(index: number): void {
    const orderNo = this.#among(this.#numbers(), index);
    if (orderNo === undefined) return;
    try {
      this.venue.resolveOrder(AGENT_CODE, orderNo);
    } catch (error) {
      // The venue may never have heard of it.
      if (!(error instanceof RangeError)) throw error;
    }
  }

  /** Somebody at the partner's takes a transfer back by hand. */
  async #reverse(index: number): Promise<void> {
    const origOrderNo = this.#among(this.#numbers(), index);
    if (origOrderNo === undefined) return;
    const reverse = { origOrderNo, reverseOrderNo: `R-${origOrderNo}`, reverseReason: 'by hand' };
    await this.client.reverse(reverse).catch(() => undefined);
  }

  #trade(gain: string): void {
    const name = { agentCode: AGENT_CODE, agentUserId: this.books.carol.userId };
    const before = units(this.venue.walletsOf(name).contract);
    this.gained += units(gain);
    this.venue.setContractBalance(name, formatAmount(before + units(gain)));
  }

  #numbers(): readonly string[] {
    return this.books.transfers.listOf(this.books.carol.userId).map(({ orderNo }) => orderNo);
  }

  #among<T>(items: readonly T[], index: number): T | undefined {
    return items.length === 0 ? undefined : items[index % items.length];
  }
}

describe('transfers under faults, kills, repeats and any order of reports', () => {
  it('lose and double nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
        const books = makeBooks();
        const run = new Run(books, await makeVenue(books));
        try {
          for (const next of steps) await run.take(next);
          await run.settle();
          // Whatever was counted here must be there: the user's money at the venue, and the agent's deposit.
          const { contract } = run.venue.walletsOf({ agentCode: AGENT_CODE, agentUserId: books.carol.userId });
          expect(units(contract)).toBe(books.ledger.balanceOf('venue') + run.gained);
          expect(units(run.venue.depositOf(AGENT_CODE))).toBe(units('1000') - books.ledger.balanceOf('venue'));
        } finally {
          await run.venue.close();
        }
      }),
      { numRuns: 120 },
    );
  });
});
