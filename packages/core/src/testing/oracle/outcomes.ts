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

const ORDER_ENDS = ['IOC', 'SELF_TRADE', 'REDUCE_ONLY', 'MARGIN', 'OCO', 'LIQUIDATION', 'SYMBOL', 'DELISTED'];
const CONDITIONS = ['STOP_MARKET', 'STOP_LIMIT', 'TAKE_PROFIT_MARKET', 'TAKE_PROFIT_LIMIT', 'TRAILING_STOP'];
const CONDITION_STATES = ['PENDING', 'TRIGGERED', 'FIRED', 'REJECTED', 'CANCELLED'];
const CHANGES = [
  'TRANSFER_IN',
  'TRANSFER_OUT',
  'TRANSFER_REVERSE',
  'FUNDING_TO_CONTRACT',
  'CONTRACT_TO_FUNDING',
  'REALIZED_PNL',
  'HANDLING_FEE',
  'FUNDING_FEE',
  'LIQUIDATION_FEE',
  'INSURANCE',
  'ADL',
  'ADJUSTMENT',
];

const each = (names: readonly string[], kind: (name: string) => string): string[] => names.map(kind);

const PLAIN = [
  'trade',
  'NEW',
  'TRADE',
  'AMENDED',
  'CANCELED',
  'self-trade-prevented',
  'position-closed',
  'margin-call',
  'funding-settled',
  'leverage-changed',
  'margin-mode-changed',
  'ok adjust-isolated-margin',
  'symbol-configured',
  'funding-ledger',
  'agent-ledger',
  'transfer-updated',
  'wallet-transferred',
  'entry of the fund',
  'liquidation SET_OFF CROSS',
  'liquidation COVER ISOLATED',
  'cover outside a liquidation',
  'liquidation fee',
  'whole liquidation',
  'partial liquidation',
  'liquidation below bankruptcy',
  'liquidation of several positions',
  'INSUFFICIENT_MARGIN',
  'TIER_LIMIT',
  'LEVERAGE_LOCKED',
  'INSUFFICIENT_BALANCE',
  'NOTHING_TO_REDUCE',
  'POSITION_SIDE_CONFLICT',
  'PRICE_OUTSIDE_BAND',
  'SYMBOL_NOT_TRADING',
  'REJECTED NOTHING_TO_REDUCE',
];

/** What a long run must have seen at least once, or it has shown less than it says. */
export const EXPECTED_OUTCOMES: readonly string[] = [
  ...PLAIN,
  ...each(ORDER_ENDS, (reason) => `EXPIRED ${reason}`),
  ...each(CONDITIONS, (type) => `${type} PENDING_ACTIVATION`),
  ...CONDITIONS.flatMap((type) => each(CONDITION_STATES, (state) => `${type} ${state}`)),
  ...['OTO', 'OTOCO'].flatMap((type) => each(['WORKING', 'ALL_DONE', 'CANCELLED'], (state) => `${type} ${state}`)),
  // Without a parent there is none that ends unfilled (STR-2).
  ...each(['WORKING', 'ALL_DONE'], (state) => `OCO ${state}`),
  ...each(CHANGES, (change) => `ledger ${change}`),
  ...each(['LIVE', 'DEGRADED', 'FROZEN'], (state) => `prices ${state}`),
  ...each(['ANNOUNCED', 'REDUCE_ONLY', 'ENDED'], (phase) => `delisting ${phase}`),
  ...['CROSS', 'ISOLATED'].flatMap((mode) =>
    each(['CANCEL_ORDERS', 'REDUCE'], (action) => `liquidation ${action} ${mode}`),
  ),
  ...each(['BOOK', 'FUND', 'ADL'], (counterparty) => `liquidated by ${counterparty}`),
  ...each(['that reduces the fund', 'within the cap', 'beyond the cap'], (how) => `take-over ${how}`),
];

/** Kinds of outcomes that a run has not had. */
export const missingOutcomes = (seen: ReadonlyMap<string, number>): readonly string[] =>
  EXPECTED_OUTCOMES.filter((kind) => !seen.has(kind));
