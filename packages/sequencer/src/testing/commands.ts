import type { Command } from '@openvenue/core';
import fc from 'fast-check';

type Amount = Extract<Command, { type: 'adjust-wallet' }>['amount'];

/** Money for user `userId`, in 1e-8 USDT. */
export function deposit(userId: number, amount: bigint | number = 1n): Command {
  return { type: 'adjust-wallet', userId, amount: BigInt(amount) as Amount, changeType: 'ADJUSTMENT' };
}

/** Carries a text of any content and length. */
export function leverage(symbol: string, value = 10): Command {
  return { type: 'set-leverage', actor: { userId: 1 }, symbol, leverage: value };
}

/** Commands with and without money, whose texts have every kind of character. */
export const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.bigInt({ min: -(10n ** 21n), max: 10n ** 21n }))
    .map(([u, a]) => deposit(u, a)),
  fc
    .tuple(fc.string({ unit: 'binary', maxLength: 12 }), fc.integer({ min: 1, max: 125 }))
    .map(([s, v]) => leverage(s, v)),
);
