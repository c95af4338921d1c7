import type { ConditionRecord, Core } from '@openvenue/core';
import type { Committed } from '@openvenue/sequencer';

/** Whether a price is at or past what fires a condition; no trailing stop that is not active yet (CND-1, CND-2). */
export function isReached({ type, side, triggerPrice }: ConditionRecord, price: number): boolean {
  if (triggerPrice === 0 || price === 0) return false;
  const isTakeProfit = type === 'TAKE_PROFIT_MARKET' || type === 'TAKE_PROFIT_LIMIT';
  return isTakeProfit === (side === 'SELL') ? price >= triggerPrice : price <= triggerPrice;
}

/**
 * CND-1 seen from outside: what fired had been reached, and after a price nothing waits that it reaches. Price protection may hold
 * a condition back beyond the price, so those that have it may wait.
 */
export class ConditionCheck {
  readonly #marks = new Map<string, number>();
  readonly #lasts = new Map<string, number>();

  check(core: Core, { command, events }: Committed): void {
    const marks = new Set<string>();
    const trades = new Map<string, number[]>();
    for (const [symbol, last] of this.#lasts) trades.set(symbol, [last]);
    const traded = new Set<string>();
    for (const event of events) {
      if (event.type === 'prices-updated') {
        this.#marks.set(event.symbol, event.mark);
        if (event.state !== 'FROZEN') marks.add(event.symbol);
      } else if (event.type === 'trade') {
        this.#lasts.set(event.symbol, event.price);
        trades.set(event.symbol, [...(trades.get(event.symbol) ?? []), event.price]);
        traded.add(event.symbol);
      } else if (event.type === 'condition-updated' && event.condition.status === 'TRIGGERED') {
        const { condition } = event;
        const { symbol, workingType, conditionId } = condition;
        const prices = workingType === 'MARK_PRICE' ? [this.#marks.get(symbol) ?? 0] : (trades.get(symbol) ?? []);
        if (!prices.some((price) => isReached(condition, price)))
          throw new Error(`CND-1: condition ${conditionId} fired at ${prices}, before ${condition.triggerPrice}`);
      }
    }
    if (command.type === 'update-prices') this.#checkWaiting(core, marks, 'MARK_PRICE');
    if (traded.size > 0) this.#checkWaiting(core, traded, 'CONTRACT_PRICE');
  }

  #checkWaiting(core: Core, symbols: ReadonlySet<string>, workingType: ConditionRecord['workingType']): void {
    const { exchange, exchangeState } = core;
    for (const userId of exchangeState.accounts.keys()) {
      for (const condition of exchange.openConditions(userId)) {
        const { symbol, conditionId, priceProtect, triggerPrice, status } = condition;
        if (!symbols.has(symbol) || condition.workingType !== workingType || priceProtect || status !== 'PENDING')
          continue;
        const view = exchange.symbol(symbol);
        if (view === undefined || (view.status !== 'TRADING' && view.status !== 'REDUCE_ONLY')) continue;
        const price = workingType === 'MARK_PRICE' ? view.mark : view.last;
        if (isReached(condition, price))
          throw new Error(`CND-1: condition ${conditionId} waits at ${price}, past its trigger ${triggerPrice}`);
      }
    }
  }
}
