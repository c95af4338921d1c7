import { describe, expect, it } from 'vitest';
import type { Actor } from '../../actor.ts';
import type { Command } from '../../command.ts';
import { everyCommand } from '../../testing/every-command.ts';
import { mutated, told } from '../../testing/garbage.ts';
import { SeededRandom } from '../../testing/index.ts';
import { actorFormFault, commandFormFault } from './command-form.ts';
import { isPlainActor, isPlainCommand } from './plain-command.ts';

const ROUNDS = 20_000;
const TYPES = ['place-order', 'cancel-order'] as const;

type Parts = Readonly<Record<string, unknown>>;

/** Every part that such a command can have, so that each is replaced by garbage at some time. */
const FULL: Readonly<Record<(typeof TYPES)[number], Parts>> = {
  'place-order': {
    order: {
      symbol: 'BTCUSDT',
      type: 'LIMIT',
      side: 'BUY',
      positionSide: 'BOTH',
      price: 600_000,
      quantity: 5,
      timeInForce: 'GTC',
      reduceOnly: false,
      makerOnly: true,
      closePosition: false,
      clientOrderId: 'mine',
      placeType: 'web',
      selfTradePrevention: 'CANCEL_BOTH',
      priceType: 0,
    },
  },
  'cancel-order': { order: { symbol: 'BTCUSDT', orderId: 7, clientOrderId: 'mine' } },
};

const ACTOR: Actor = { userId: 1, sessionId: 's', apiKeyId: 2, signatureHash: 'a1', signatureExpiresAtMs: 3 };

/** Parts that make a well-formed order one that only its form looks at. */
function hasRareParts(command: Parts): boolean {
  const order = command['order'] as Parts;
  return ['gridFault', 'takeProfit', 'stopLoss'].some((name) => order[name] !== undefined);
}

describe('the written-out forms', () => {
  it('MAT-12: names have at most 64 characters', () => {
    const named = (symbol: string) => ({ type: 'set-leverage', actor: ACTOR, symbol, leverage: 1 }) as const;
    expect(commandFormFault(named('S'.repeat(64)))).toBeUndefined();
    expect(commandFormFault(named('S'.repeat(65)))).toMatchObject({
      details: { rule: 'symbol: must be a text of at most 64 characters' },
    });
  });

  it('MAT-12: say yes to what its form takes, and to nothing else', () => {
    const random = new SeededRandom(3);
    const verdicts = new Set<boolean>();
    const shapes = TYPES.flatMap((type) =>
      [FULL[type], ...everyCommand(0)[type]].map((parts) => ({ ...parts, type }) as Command & Parts),
    );
    for (let i = 0; i < ROUNDS; i++) {
      const shape = random.pick(shapes);
      const command = { ...(mutated(shape, random) as Parts), type: shape.type as (typeof TYPES)[number] };
      const wellFormed = commandFormFault(command) === undefined;
      const plain = isPlainCommand(command);
      expect(plain, told(command)).toBe(wellFormed && !hasRareParts(command));
      verdicts.add(plain);
    }
    expect(verdicts.size).toBe(2);
  });

  it('MAT-12: the same of the actor', () => {
    const random = new SeededRandom(4);
    expect(isPlainActor(ACTOR)).toBe(true);
    expect(isPlainActor({ userId: 1 })).toBe(true);
    for (let i = 0; i < ROUNDS; i++) {
      const actor = mutated(ACTOR, random);
      expect(isPlainActor(actor), told(actor)).toBe(actorFormFault(actor) === undefined);
    }
  });
});
