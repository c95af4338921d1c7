import assert from 'node:assert/strict';
import type { FillView, OrderView } from '@openvenue/contract';
import type { FillRecord, OrderRecord, SymbolParameters } from '@openvenue/core';
import { fillView, orderView } from '../../mapping/order.ts';
import type { Venue } from '../../venue.ts';

function parametersOf({ node }: Venue, symbol: string): SymbolParameters {
  const parameters = node.core.exchange.symbol(symbol)?.parameters;
  assert(parameters !== undefined, 'what was traded stays known');
  return parameters;
}

export const showOrder = (venue: Venue, order: OrderRecord): OrderView =>
  orderView(order, parametersOf(venue, order.symbol));

export const showFill = (venue: Venue, fill: FillRecord): FillView => fillView(fill, parametersOf(venue, fill.symbol));
