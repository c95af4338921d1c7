import { operations } from '@openvenue/contract';
import { formatDecimal, type Money, parseSignedDecimal } from '@openvenue/money';
import { answer, fail } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { execute } from '../command.ts';

export const adjustMargin = privateEndpoint(operations.adjustMargin, async (venue, { body, actor }) => {
  const { symbol, positionSide } = body;
  const amount = parseSignedDecimal(body.amount);
  if (amount === undefined)
    return fail('PARAMETER_INVALID', {
      details: { field: 'amount', value: body.amount, rule: 'at most 8 decimals, and no negative zero' },
    });
  const command = { type: 'adjust-isolated-margin', actor, symbol, positionSide, amount: amount as Money } as const;
  const changed = await execute(venue, command, { kind: 'isolated-margin', userId: actor.userId, symbol });
  if (!changed.ok) return changed;
  return answer({ symbol, positionSide, margin: formatDecimal(changed.reply.margin), timestamp: changed.timeMs });
});
