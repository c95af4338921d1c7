import type { Command } from '@openvenue/core';

/** Commands that bring orders to the book or make them larger: those that can wait when there is too much of everything. */
const NEW_ORDERS: ReadonlySet<Command['type']> = new Set([
  'place-order',
  'place-orders',
  'amend-order',
  'amend-orders',
  'place-condition',
  'place-strategy',
] satisfies Command['type'][]);

export const isNewOrder = ({ type }: Command): boolean => NEW_ORDERS.has(type);
