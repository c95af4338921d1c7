import type { Event } from '../../event.ts';
import type { LiquidationStep } from '../../exchange/liquidation/liquidation-event.ts';

/** What an event is counted as, to see whether a run was worth something. */
export function outcomesOf(event: Event): readonly string[] {
  switch (event.type) {
    case 'order-updated':
      return [`${event.executionType} ${event.order.rejectReason}`.trim()];
    case 'condition-updated':
      return [`${event.condition.type} ${event.condition.status}`];
    case 'strategy-updated':
      return [`${event.strategy.type} ${event.strategy.status}`];
    case 'ledger':
      return [`ledger ${event.entry.changeType}`, ...(event.entry.userId === 0 ? ['entry of the fund'] : [])];
    case 'prices-updated':
      return [`prices ${event.state}`];
    case 'symbol-delisting':
      return [`delisting ${event.phase}`];
    case 'liquidation-step':
      return stepOutcomes(event);
    case 'trade':
      return ['trade'];
    default:
      return [event.type];
  }
}

function stepOutcomes({ detail, marginMode, step, liquidationId, before }: LiquidationStep): readonly string[] {
  const { action } = detail;
  const found = [`liquidation ${action} ${marginMode}`];
  if (liquidationId === 0) found.push('cover outside a liquidation');
  if (action === 'REDUCE' && step > 2 && before.positions.length > 1) found.push('liquidation of several positions');
  if (action !== 'REDUCE') return found;
  const { kept, fills, fee, takeover } = detail.reduction;
  found.push(kept > 0 ? 'partial liquidation' : 'whole liquidation');
  if (fee > 0n) found.push('liquidation fee');
  if (before.balance < 0n) found.push('liquidation below bankruptcy');
  for (const counterparty of ['BOOK', 'FUND', 'ADL'])
    if (fills.some((fill) => fill.counterparty === counterparty)) found.push(`liquidated by ${counterparty}`);
  if (takeover?.reduces === true) found.push('take-over that reduces the fund');
  if (takeover?.taken === true && !takeover.reduces) found.push('take-over within the cap');
  if (takeover?.taken === false && fills.at(-1)?.counterparty === 'FUND') found.push('take-over beyond the cap');
  return found;
}
