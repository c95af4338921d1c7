import { describe, expect, it } from 'vitest';
import type { Command } from '../../command.ts';
import { Core, type Outcome } from '../../core.ts';
import type { Event } from '../../event.ts';
import { SeededRandom } from '../../testing/index.ts';
import { tightCommand, tightMarket } from '../../testing/tight-market.ts';

type PlaceOrder = Extract<Command, { type: 'place-order' }>;

const inForce = (command: PlaceOrder, timeInForce: 'IOC' | 'FOK'): PlaceOrder => ({
  ...command,
  order: { ...command.order, timeInForce, makerOnly: false },
});

const fillsWhole = ({ reply }: Outcome): boolean =>
  reply.ok && reply.kind === 'order' && reply.order.status === 'FILLED';

const tradesOf = (events: readonly Event[]): readonly Event[] => events.filter((event) => event.type === 'trade');

const told = (value: unknown): string => JSON.stringify(value, (_key, v) => (typeof v === 'bigint' ? String(v) : v));

describe('FOK (MAT-2)', () => {
  it('is taken exactly when the same IOC fills whole, and then does the same', () => {
    const seen = { whole: 0, not: 0, partly: 0 };
    for (let seed = 101; seed <= 215; seed++) {
      const random = new SeededRandom(seed);
      const { core, traders } = tightMarket();
      let timeMs = core.timeMs;
      for (let i = 0; i < 150; i++) {
        timeMs += random.integer(0, 100);
        const command = tightCommand(core, random, traders);
        if (command.type === 'place-order') {
          const [ioc, fok] = (['IOC', 'FOK'] as const).map((force) => {
            const copy = Core.restore(core.snapshot());
            return copy.apply(copy.sequence + 1, timeMs, inForce(command, force));
          }) as [Outcome, Outcome];
          const whole = fillsWhole(ioc);
          const what = `seed ${seed}: ${told([command, ioc.reply, fok.reply])}`;
          expect(fok.reply.ok, what).toBe(whole);
          if (whole) expect(tradesOf(fok.events), what).toEqual(tradesOf(ioc.events));
          seen[whole ? 'whole' : tradesOf(ioc.events).length > 0 ? 'partly' : 'not']++;
        }
        core.apply(core.sequence + 1, timeMs, command);
      }
    }
    expect(Math.min(seen.whole, seen.not, seen.partly), told(seen)).toBeGreaterThan(100);
  });
});
