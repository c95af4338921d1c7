import type { ChangeType, FillRecord, LedgerEntry } from '@openvenue/core';
import { type Money, money, ZERO_MONEY } from '@openvenue/money';
import { openingOf } from '../memory/kline/interval.ts';
import type { AccountFlow } from './history-queries.ts';
import { FLOW_SPANS } from './schema.ts';
import type { AccountFlowChange } from './table-shapes.ts';

/** Nothing at all. */
export const NO_FLOW: AccountFlow = {
  tradedValue: ZERO_MONEY,
  realizedPnl: ZERO_MONEY,
  tradingFee: ZERO_MONEY,
  netPnl: ZERO_MONEY,
  transferIn: ZERO_MONEY,
  transferOut: ZERO_MONEY,
};

/** Whether money came from trading or was brought and taken; the compiler holds the kinds complete. */
const IS_TRANSFER: Readonly<Record<ChangeType, boolean>> = {
  TRANSFER_IN: true,
  TRANSFER_OUT: true,
  TRANSFER_REVERSE: true,
  FUNDING_TO_CONTRACT: true,
  CONTRACT_TO_FUNDING: true,
  ADJUSTMENT: true,
  REALIZED_PNL: false,
  HANDLING_FEE: false,
  FUNDING_FEE: false,
  LIQUIDATION_FEE: false,
  INSURANCE: false,
  ADL: false,
};

/** The fills and wallet changes of a batch by user and span: one row each, however many there are. */
export class AccountChanges {
  readonly #byKey = new Map<string, AccountFlowChange>();

  filled({ userId, tradeValue, createdAtMs }: FillRecord): void {
    this.#add(userId, createdAtMs, { tradedValue: tradeValue });
  }

  booked({ userId, changeType, amount, createdAtMs }: LedgerEntry): void {
    this.#add(userId, createdAtMs, flowOf(changeType, amount));
  }

  list(): readonly AccountFlowChange[] {
    return [...this.#byKey.values()];
  }

  #add(userId: number, atMs: number, flow: Partial<AccountFlow>): void {
    for (const span of FLOW_SPANS) {
      const openMs = openingOf(span, atMs);
      const key = `${userId} ${span} ${openMs}`;
      const known = this.#byKey.get(key)?.flow ?? NO_FLOW;
      this.#byKey.set(key, { userId, span, openMs, flow: sumOf(known, flow) });
    }
  }
}

function flowOf(changeType: ChangeType, amount: Money): Partial<AccountFlow> {
  if (IS_TRANSFER[changeType]) return amount < 0n ? { transferOut: money(-amount) } : { transferIn: amount };
  return {
    netPnl: amount,
    ...(changeType === 'REALIZED_PNL' || changeType === 'ADL' ? { realizedPnl: amount } : {}),
    ...(changeType === 'HANDLING_FEE' ? { tradingFee: money(-amount) } : {}),
  };
}

/** Two flows as one. */
export function sumOf(a: AccountFlow, b: Partial<AccountFlow>): AccountFlow {
  const sum = (name: keyof AccountFlow): Money => money(a[name] + (b[name] ?? 0n));
  return {
    tradedValue: sum('tradedValue'),
    realizedPnl: sum('realizedPnl'),
    tradingFee: sum('tradingFee'),
    netPnl: sum('netPnl'),
    transferIn: sum('transferIn'),
    transferOut: sum('transferOut'),
  };
}
