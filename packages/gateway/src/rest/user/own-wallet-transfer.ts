import { operations } from '@openvenue/contract';
import { formatDecimal, type Money, parseDecimal } from '@openvenue/money';
import { answer, fail } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { execute } from '../command.ts';

export const transferBetweenWallets = privateEndpoint(
  operations.transferBetweenWallets,
  async (venue, { body, actor }) => {
    const { direction } = body;
    const amount = body.amount === undefined ? undefined : parseDecimal(body.amount);
    if (body.amount !== undefined && amount === undefined)
      return fail('PARAMETER_INVALID', {
        details: { field: 'amount', value: body.amount, rule: 'at most 8 decimals' },
      });
    const command = {
      type: 'move-own-funds',
      actor,
      direction,
      ...(amount === undefined ? {} : { amount: amount as Money }),
    } as const;
    const moved = await execute(venue, command, { kind: 'funds-moved', userId: actor.userId });
    if (!moved.ok) return moved;
    return answer({ amount: formatDecimal(moved.reply.amount), timestamp: moved.timeMs });
  },
);
