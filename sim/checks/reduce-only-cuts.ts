import type { Core, OrderRecord } from '@openvenue/core';
import type { Committed } from '@openvenue/sequencer';

/**
 * POS-3 seen from outside: whoever is cut, everyone behind him is gone. Behind is the worse price, at one price the younger order.
 * Looks only at commands that change no order's price, as an amendment may put an order behind after the cut.
 */
export function checkReduceOnlyCuts(core: Core, { command, events }: Committed): void {
  if (command.type === 'amend-order' || command.type === 'amend-orders' || command.type === 'place-orders') return;
  for (const event of events) {
    if (event.type !== 'order-updated') continue;
    const cut = event.order;
    if (cut.rejectReason !== 'REDUCE_ONLY') continue;
    for (const other of core.exchange.openOrders(cut.userId, cut.symbol)) {
      if (other.orderId === cut.orderId || !other.reduceOnly) continue;
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
