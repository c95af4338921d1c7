import { describe, expect, it } from 'vitest';
import type { Command } from './command.ts';
import { Core } from './core.ts';
import { everyCommand, furnishedVenue } from './testing/every-command.ts';
import { hash } from './testing/furnished-scene.ts';
import { BTC } from './testing/index.ts';

type Parts = Readonly<Record<string, unknown>>;

describe('a core out of a snapshot', () => {
  it('INV-6: answers and becomes after each command, one after the other, what the core that went on does', () => {
    const venue = furnishedVenue();
    const { core, timeMs } = venue;
    const { 'configure-symbol': configurations, ...others } = everyCommand(timeMs);
    const limited = { parameters: { ...BTC, fundCap: 10n ** 15n, fundOfferDistance: 1_000_000 } };
    const commands = Object.entries({ 'configure-symbol': [...configurations, limited], ...others }).flatMap(
      ([type, shapes]) => shapes.map((parts: Parts) => ({ ...parts, type })),
    );
    // Twice, so that each meets what all the others have left; a nonce and a signature work once.
    for (const [n, command] of [...commands, ...commands].entries()) {
      const { agentAuth, actor } = command as { agentAuth?: Parts; actor?: Parts };
      const proof = {
        ...(agentAuth === undefined ? {} : { agentAuth: { ...agentAuth, nonceHash: hash(1_000 + n) } }),
        ...(actor?.['signatureHash'] === undefined ? {} : { actor: { ...actor, signatureHash: hash(1_000 + n) } }),
      };
      const restored = Core.restore(core.snapshot());
      const [went, came] = [core, restored].map((each) => ({
        ...each.apply(each.sequence + 1, timeMs, { ...command, ...proof } as unknown as Command),
        state: Buffer.from(each.snapshot()).toString('hex'),
        reads: [1, 2, 3].map((userId) => [
          each.exchange.account(userId),
          each.exchange.positions(userId),
          each.exchange.openOrders(userId),
          each.exchange.waitingOrders(userId),
          each.exchange.openConditions(userId),
          each.exchange.userSequence(userId),
          each.exchange.cancelDeadline(userId),
          each.exchange.settings(userId, 'BTCUSDT'),
        ]),
        symbols: each.exchange.symbols(),
        fund: each.exchange.insuranceFund(),
      }));
      expect(came, `${n} ${command.type}`).toEqual(went);
    }
    expect(core.exchange.symbol('BTCUSDT')?.parameters).toMatchObject({ fundOfferDistance: 1_000_000 });
  });
});
