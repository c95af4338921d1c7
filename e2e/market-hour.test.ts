import { createHash } from 'node:crypto';
import { type Command, Core, decodeCommand, encodeCommand, type Reply } from '@openvenue/core';
import { invariantFaults, SeededRandom } from '@openvenue/core/testing';
import { type Money, ONE, type PriceTicks, type QuantitySteps } from '@openvenue/money';
import { accountsNeeded, bundledReplay, DEFAULT_SYMBOLS, SimulatedMarket } from '@openvenue/prices';
import { describe, expect, it } from 'vitest';

const START_MS = 1_772_000_000_000;
const HOUR_MS = 3_600_000;
const TICK_MS = 250;
const SNAPSHOT_AT = 15_000;

/** An hour of the demo market over a core, with alice and bob trading in it, journaled as the log would hold it. */
class MarketHour {
  readonly core = new Core();
  readonly journal: { readonly timeMs: number; readonly line: string }[] = [];
  readonly faults: string[] = [];
  timeMs = START_MS;
  fills = 0;

  run(command: Command): Reply {
    this.journal.push({ timeMs: this.timeMs, line: encodeCommand(command) });
    const { reply, events } = this.core.apply(this.core.sequence + 1, this.timeMs, command);
    this.faults.push(...invariantFaults(this.core), ...this.#accountFaults());
    for (const event of events) if (event.type === 'order-updated' && event.fill !== undefined) this.fills++;
    return reply;
  }

  /** INV-5 and the second half of INV-4: this hour is calm and everyone has money. */
  #accountFaults(): string[] {
    return [...this.core.identity.users()].flatMap(({ userId }) => {
      const { marginBalance, maintenanceMargin } = this.core.exchange.account(userId);
      return marginBalance < maintenanceMargin ? [`INV-5: user ${userId} is below maintenance`] : [];
    });
  }

  user(username: string, kind: 'trader' | 'house', funds: bigint): number {
    const externalUserId = String(1_000_000_000 + this.core.sequence);
    const reply = this.run({ type: 'create-user', username, externalUserId, passwordHash: '', kind });
    if (!reply.ok || reply.kind !== 'user') throw new Error(`no user ${username}`);
    this.run({ type: 'adjust-wallet', userId: reply.userId, amount: funds as Money, changeType: 'TRANSFER_IN' });
    return reply.userId;
  }
}

const hashOf = (core: Core): string => createHash('sha256').update(core.snapshot()).digest('hex');

/** What a person might do: now and then a market or limit order near the price, an amend, a cancel, a close. */
function traderCommand(core: Core, userId: number, random: SeededRandom): Command {
  const { symbol } = random.pick(DEFAULT_SYMBOLS);
  const view = core.exchange.symbol(symbol);
  const mark = view?.mark ?? 0;
  const actor = { userId };
  const open = core.exchange.openOrders(userId, symbol);
  const position = core.exchange.positions(userId, symbol)[0];
  const side = random.pick(['BUY', 'SELL'] as const);
  const quantity = random.integer(1, 50) as QuantitySteps;
  const order = { symbol, side, positionSide: 'BOTH', quantity, price: 0 as PriceTicks } as const;
  if (open.length > 5) return { type: 'cancel-order', actor, order: { symbol, orderId: random.pick(open).orderId } };
  const dice = random.integer(0, 9);
  if (dice < 4) return { type: 'place-order', actor, order: { ...order, type: 'MARKET', timeInForce: 'IOC' } };
  if (dice < 7) {
    const price = (mark + random.integer(-20, 20)) as PriceTicks;
    return {
      type: 'place-order',
      actor,
      order: { ...order, type: 'LIMIT', timeInForce: 'GTC', price, quantity: (quantity * 10) as QuantitySteps },
    };
  }
  if (dice < 8 && open[0] !== undefined)
    return {
      type: 'amend-order',
      actor,
      amendment: { symbol, orderId: open[0].orderId, price: (open[0].price + random.integer(-3, 3)) as PriceTicks },
    };
  if (dice < 9 && position !== undefined) {
    const closing = position.quantity > 0 ? 'SELL' : 'BUY';
    return {
      type: 'place-order',
      actor,
      order: {
        ...order,
        side: closing,
        quantity: 0 as QuantitySteps,
        type: 'MARKET',
        timeInForce: 'IOC',
        closePosition: true,
      },
    };
  }
  return { type: 'set-leverage', actor, symbol, leverage: random.integer(5, 20) };
}

describe('an hour of the bundled market with two demo users', () => {
  it('INV-1 to INV-5 and INV-7 hold after every command; INV-6: live hash = replay hash = snapshot + tail hash', () => {
    const hour = new MarketHour();
    const source = bundledReplay(DEFAULT_SYMBOLS, 1);
    for (const parameters of DEFAULT_SYMBOLS) hour.run({ type: 'configure-symbol', parameters });
    hour.run({ type: 'update-prices', symbols: source.quotesAt(START_MS / 1_000) });
    const accounts = { makers: [] as number[], takers: [] as number[] };
    for (const { username, role, funding } of accountsNeeded())
      accounts[`${role}s`].push(hour.user(username, 'house', funding));
    const people = ['alice', 'bob'].map((name) => hour.user(name, 'trader', 100_000n * ONE));
    const market = new SimulatedMarket({ source, accounts, seed: 1 });
    const random = new SeededRandom(11);
    let snapshot: Uint8Array | undefined;
    for (; hour.timeMs < START_MS + HOUR_MS; hour.timeMs += TICK_MS) {
      for (const command of market.tick(hour.core, hour.timeMs)) hour.run(command);
      for (const userId of people) if (random.chance(1, 8)) hour.run(traderCommand(hour.core, userId, random));
      expect(hour.faults).toEqual([]);
      if (snapshot === undefined && hour.core.sequence >= SNAPSHOT_AT) snapshot = hour.core.snapshot();
    }
    expect(hour.fills).toBeGreaterThan(5_000);
    for (const userId of people) expect(hour.core.exchange.account(userId).wallet).not.toBe(100_000n * ONE);

    const live = hashOf(hour.core);
    const replayed = new Core();
    const resumed = Core.restore(snapshot as Uint8Array);
    for (const [i, { timeMs, line }] of hour.journal.entries()) {
      replayed.apply(i + 1, timeMs, decodeCommand(line));
      if (i + 1 > resumed.sequence) resumed.apply(i + 1, timeMs, decodeCommand(line));
    }
    expect(hashOf(replayed)).toBe(live);
    expect(hashOf(resumed)).toBe(live);
  });
});
