import { expect, it } from 'vitest';
import { runWholeExchange } from './whole-exchange.ts';

/** The share of the soak (`node soak/core.ts`) that every change has to pass. */
const RUNS = [
  { seed: 20_260_801, kind: 'wide', commands: 60_000 },
  { seed: 20_260_802, kind: 'tight', commands: 40_000 },
] as const;

/** What must have happened for a run to be worth something. */
const OUTCOMES = [
  'trade',
  'position-closed',
  'funding-settled',
  'self-trade-prevented',
  'symbol-configured',
  'leverage-changed',
  'margin-mode-changed',
  'prices LIVE',
  'prices DEGRADED',
  'prices FROZEN',
  'ledger REALIZED_PNL',
  'ledger HANDLING_FEE',
  'ledger FUNDING_FEE',
  'ledger ADJUSTMENT',
  'ledger TRANSFER_IN',
  'ledger TRANSFER_OUT',
  'ledger TRANSFER_REVERSE',
  'ledger FUNDING_TO_CONTRACT',
  'ledger CONTRACT_TO_FUNDING',
  'delisting ANNOUNCED',
  'delisting REDUCE_ONLY',
  'delisting ENDED',
  'EXPIRED DELISTED',
  'EXPIRED SYMBOL',
  'EXPIRED IOC',
  'EXPIRED MARGIN',
  'EXPIRED OCO',
  'EXPIRED REDUCE_ONLY',
  'EXPIRED SELF_TRADE',
  'AMENDED',
  'INSUFFICIENT_MARGIN',
  'TIER_LIMIT',
  'SYMBOL_NOT_TRADING',
  'NOTHING_TO_REDUCE',
  'POSITION_SIDE_CONFLICT',
  'ok place-orders',
  'ok amend-orders',
  'ok cancel-all-after',
  'ok set-fee-schedule',
  'ok delist-symbol',
  'ok adjust-isolated-margin',
  'ok set-leverage',
  'ok transfer',
  'ok transfer-all-out',
  'ok wallet-transfer',
  'STOP_MARKET FIRED',
  'TAKE_PROFIT_LIMIT FIRED',
  'TRAILING_STOP FIRED',
  'OTOCO ALL_DONE',
];

it('the whole exchange says the same as a naive core and an oracle: INV-1 to INV-4, INV-6, INV-7', () => {
  const seen = new Map<string, number>();
  for (const run of RUNS) {
    const { finding, seen: outcomes } = runWholeExchange(run);
    expect(finding?.fault, `seed ${run.seed}`).toBeUndefined();
    for (const [outcome, count] of outcomes) seen.set(outcome, (seen.get(outcome) ?? 0) + count);
  }
  expect(OUTCOMES.filter((outcome) => !seen.has(outcome))).toEqual([]);
}, 600_000);
