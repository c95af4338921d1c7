import type { Core, OrderRecord } from '@openvenue/core';
import type { Committed } from '@openvenue/sequencer';

/**
 * POS-3 seen from outside: whoever is cut, everyone behind him is gone. Behind is the worse price, at one price the younger order.
 * Looks only at commands that change no order's price, as an amendment may put an order behind after the cut; what
 * a condition or a strategy has placed after the cut was not there to be cut.
 */
export function checkReduceOnlyCuts(core: Core, { command, events }: Committed): void {
  if (command.type === 'amend-order' || command.type === 'amend-orders' || command.type === 'place-orders') return;
  for (const [index, event] of events.entries()) {
    if (event.type !== 'order-updated') continue;
    const cut = event.order;
    if (cut.rejectReason !== 'REDUCE_ONLY') continue;
    const came = new Set<number>();
    for (const later of events.slice(index))
      if (later.type === 'order-updated' && later.executionType === 'NEW') came.add(later.order.orderId);
    for (const other of core.exchange.openOrders(cut.userId, cut.symbol)) {
      if (other.orderId === cut.orderId || !other.reduceOnly || came.has(other.orderId)) continue;
      if (other.side !== cut.side || other.positionSide !== cut.positionSide) continue;
      if (isBehind(other, cut))
        throw new Error(`POS-3: reduce-only order ${cut.orderId} was cut before ${other.orderId}, which is behind it`);
    }
  }
}

function isBehind(other: OrderRecord, cut: OrderRecord): boolean {
  if (other.price === cut.price) return other.orderId > cut.orderId;
  return other.side === 'SELL' ? other.price > cut.price : other.price < cut.price;
}
