import { type Command, Core } from '@openvenue/core';

type PriceCommand = Extract<Command, { type: 'update-prices' }>;

/**
 * Looks ahead at whom the next prices would liquidate, and gives one of them exactly as much as leaves him, at those prices, with what he
 * must maintain: equal is safe. Undefined when nobody would be liquidated.
 */
export function toTheBrink(core: Core, prices: PriceCommand): Command | undefined {
  const ahead = Core.restore(core.snapshot());
  const { events } = ahead.apply(ahead.sequence + 1, core.timeMs, prices);
  for (const event of events) {
    if (event.type !== 'liquidation-step' || event.step !== 1 || event.liquidationId === 0) continue;
    const { userId, symbol, positionSide, marginMode, before } = event;
    const amount = (before.maintenanceMargin - before.balance) as typeof before.balance;
    return marginMode === 'CROSS'
      ? { type: 'adjust-wallet', userId, amount, changeType: 'ADJUSTMENT' }
      : { type: 'adjust-isolated-margin', actor: { userId }, symbol, positionSide, amount };
  }
  return undefined;
}
