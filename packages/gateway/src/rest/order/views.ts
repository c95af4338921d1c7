import type { FillView, OrderView } from '@openvenue/contract';
import type { FillRecord, OrderRecord } from '@openvenue/core';
import { fillView, orderView } from '../../mapping/order.ts';
import type { Venue } from '../../venue.ts';
import { parametersOf } from '../known-symbol.ts';

export const showOrder = (venue: Venue, order: OrderRecord): OrderView =>
  orderView(order, parametersOf(venue, order.symbol));

export const showFill = (venue: Venue, fill: FillRecord): FillView => fillView(fill, parametersOf(venue, fill.symbol));
