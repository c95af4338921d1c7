import type { Core, Event } from '@openvenue/core';
import { changed, ended, type Sight, some } from './sight.ts';

type Step = Extract<Event, { type: 'liquidation-step' }>;
type Reduction = Extract<Step['detail'], { action: 'REDUCE' }>['reduction'];

const step = (test: (step: Step) => boolean): Sight =>
  some((event) => event.type === 'liquidation-step' && test(event));
const reduction = (test: (reduction: Reduction, step: Step) => boolean): Sight =>
  step((taken) => taken.detail.action === 'REDUCE' && test(taken.detail.reduction, taken));
const filledBy = (counterparty: Reduction['fills'][number]['counterparty']): Sight =>
  reduction(({ fills }) => fills.some((fill) => fill.counterparty === counterparty));

/** Liquidation, the insurance fund and auto-deleveraging. */
export const LIQUIDATION_SIGHTS: Readonly<Record<string, Sight>> = {
  'margin call': some(({ type }) => type === 'margin-call'),
  liquidation: step(({ liquidationId }) => liquidationId > 0),
  'liquidation of an isolated position': step(({ marginMode }) => marginMode === 'ISOLATED'),
  'several liquidations by one command': ({ events }) =>
    new Set(events.flatMap((event) => (event.type === 'liquidation-step' ? [event.liquidationId] : []))).size > 1,
  'opening orders canceled by liquidation': ended('LIQUIDATION'),
  'hedge set off': step(({ detail }) => detail.action === 'SET_OFF'),
  'partial liquidation': reduction(({ kept, fills }) => kept > 0 && fills.length > 0),
  'whole liquidation': reduction(({ kept }) => kept === 0),
  'liquidated in the book': filledBy('BOOK'),
  'liquidation fee': some((event) => event.type === 'ledger' && event.entry.changeType === 'LIQUIDATION_FEE'),
  'insurance take-over': reduction(({ takeover }) => takeover?.taken === true),
  'take-over that reduces the fund': reduction(({ takeover }) => takeover?.reduces === true),
  'auto-deleveraging': filledBy('ADL'),
  'auto-deleveraging of several': reduction(
    ({ fills }) => fills.filter(({ counterparty }) => counterparty === 'ADL').length > 1,
  ),
  'reduce-only orders ended by auto-deleveraging': (committed, core) =>
    ended('ADL')(committed, core) || changed('ADL')(committed, core),
  'loss covered': step(({ detail }) => detail.action === 'COVER'),
  'isolated loss beyond its margin': step(({ before, marginMode }) => marginMode === 'ISOLATED' && before.balance < 0n),
  'fund offer': ({ events }) => {
    const own = new Set<number>();
    for (const event of events)
      if (event.type === 'order-updated' && event.order.userId === 0) own.add(event.order.orderId);
    return events.some((event) => event.type === 'trade' && own.has(event.takerOrderId));
  },
  'exactly at maintenance': ({ command }, core) => command.type === 'update-prices' && isAnyoneAtMaintenance(core),
};

/** Someone has exactly what he must maintain: nothing may happen to him. */
function isAnyoneAtMaintenance({ exchange, exchangeState }: Core): boolean {
  return [...exchangeState.accounts.keys()].some((userId) => {
    const { maintenanceMargin, marginBalance } = exchange.account(userId);
    return maintenanceMargin > 0n && marginBalance === maintenanceMargin;
  });
}
