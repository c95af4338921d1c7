import { describe, expect, it } from 'vitest';
import type { Command } from '../command.ts';
import type { Core } from '../core.ts';
import { invariantFaults, SeededRandom } from '../testing/index.ts';
import { tightCommand, tightMarket } from '../testing/tight-market.ts';

/** The state, without the sequence and time that every command moves on. */
function stateOf(core: Core): Uint8Array {
  const varint = (value: number): number => (value < 0x80 ? 1 : 1 + varint(Math.floor(value / 0x80)));
  return core.snapshot().subarray(1 + varint(core.sequence) + varint(core.timeMs));
}

const NOTHING: Command = { type: 'cancel-order', actor: { userId: 1 }, order: { symbol: 'NONE', orderId: 0 } };

const told = (value: unknown): string => JSON.stringify(value, (_key, v) => (typeof v === 'bigint' ? String(v) : v));

describe('a refusal is the reply and nothing else (MAT-12)', () => {
  it('leaves no byte of the state changed and causes no event; the invariants hold', () => {
    const seen = new Map<string, number>();
    for (let seed = 1; seed <= 60; seed++) {
      const random = new SeededRandom(seed);
      const { core, traders } = tightMarket();
      let timeMs = core.timeMs;
      for (let i = 0; i < 200; i++) {
        timeMs += random.integer(0, 100);
        const command = tightCommand(core, random, traders);
        // What time makes due happens in a command of its own, so that a refusal has nothing to do with it.
        core.apply(core.sequence + 1, timeMs, NOTHING);
        const before = stateOf(core);
        const { reply, events } = core.apply(core.sequence + 1, timeMs, command);
        if (!reply.ok) {
          seen.set(reply.reason, (seen.get(reply.reason) ?? 0) + 1);
          const what = `seed ${seed}, ${told([reply, command])}`;
          expect(events, what).toEqual([]);
          expect(Buffer.compare(stateOf(core), before), what).toBe(0);
        }
        for (const event of events)
          if (event.type === 'order-updated' && event.order.rejectReason !== '')
            seen.set(event.order.rejectReason, (seen.get(event.order.rejectReason) ?? 0) + 1);
        if (i % 10 === 0) expect(invariantFaults(core), `seed ${seed}`).toEqual([]);
      }
    }
    for (const kind of [
      'INSUFFICIENT_MARGIN',
      'SELF_TRADE',
      'FOK_NOT_FILLABLE',
      'NOTHING_TO_REDUCE',
      'WOULD_TAKE',
      'MARGIN',
      'REDUCE_ONLY',
    ])
      expect(seen.get(kind) ?? 0, `${kind} of ${told([...seen])}`).toBeGreaterThan(5);
  });
});
