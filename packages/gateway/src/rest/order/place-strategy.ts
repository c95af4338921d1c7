import { operations, readSubOrders } from '@openvenue/contract';
import { answer, failForm } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { externalId } from '../../ids.ts';
import { newStrategyOf } from '../../mapping/new-strategy.ts';
import { execute } from '../command.ts';

export const placeStrategy = privateEndpoint(
  operations.placeStrategy,
  async (venue, { body, actor }) => {
    const subOrders = readSubOrders(body);
    if (!subOrders.ok) return failForm(subOrders.problem);
    const strategy = newStrategyOf(body, subOrders.value, venue.node.core.exchange);
    if (!strategy.ok) return strategy;
    const command = { type: 'place-strategy', actor, strategy: strategy.value } as const;
    const [first] = subOrders.value;
    const symbol = (first?.order ?? first?.condition)?.symbol ?? '';
    const placed = await execute(venue, command, { kind: 'strategy', userId: actor.userId, symbol });
    if (!placed.ok) return placed;
    const { strategyId, status } = placed.reply.strategy;
    return answer({
      strategyId: externalId('strategy', strategyId),
      strategyStatus: status,
      timestamp: placed.timeMs,
    });
  },
  (body) => body.subOrderList.length,
);
