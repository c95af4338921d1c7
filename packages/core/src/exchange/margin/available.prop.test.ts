import { describe, expect, it } from 'vitest';
import type { Command } from '../../command.ts';
import type { Event } from '../../event.ts';
import { SeededRandom } from '../../testing/index.ts';
import { tightCommand, tightMarket } from '../../testing/tight-market.ts';

const NOTHING: Command = { type: 'cancel-order', actor: { userId: 1 }, order: { symbol: 'NONE', orderId: 0 } };

/** Whether a fill, a fee, funding or a price has had a say: what available may fall below 0 by. */
const isExcused = (command: Command, events: readonly Event[]): boolean =>
  command.type === 'update-prices' || events.some(({ type }) => type === 'trade');

describe('what is available (INV-4)', () => {
  it('INV-4: falls below 0 by fills, fees, funding and prices alone; then nothing that needs margin is taken and nothing leaves', () => {
    let [negatives, refusals] = [0, 0];
    for (let seed = 1; seed <= 15; seed++) {
      const random = new SeededRandom(seed);
      const { core, traders } = tightMarket();
      const available = (userId: number): bigint => core.exchange.account(userId).available;
      let timeMs = core.timeMs;
      for (let i = 0; i < 800; i++) {
        timeMs += random.integer(0, 400);
        const command = tightCommand(core, random, traders);
        // What time makes due happens in a command of its own.
        core.apply(core.sequence + 1, timeMs, NOTHING);
        const before = traders.userIds.map(available);
        const { reply, events } = core.apply(core.sequence + 1, timeMs, command);
        if (isExcused(command, events)) continue;
        traders.userIds.forEach((userId, n) => {
          const [had, has] = [before[n] as bigint, available(userId)];
          if (had < 0n) negatives++;
          const lost = has < had && has < 0n;
          expect(lost, `seed ${seed}, command ${core.sequence}: user ${userId} from ${had} to ${has}`).toBe(false);
        });
        if (!reply.ok && reply.reason === 'INSUFFICIENT_MARGIN' && (reply.details.available ?? 0n) < 0n) refusals++;
      }
    }
    expect(negatives).toBeGreaterThan(500);
    expect(refusals).toBeGreaterThan(20);
  });
});
