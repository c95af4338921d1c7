import type { OrderCreated, OrderFailed } from '@openvenue/bridge';

/** What the embedding page hears of the user's orders. */
export interface HostReports {
  orderCreated(order: OrderCreated): void;
  orderFailed(order: OrderFailed): void;
}

/** A page of its own has nobody to tell. */
export const NO_HOST: HostReports = { orderCreated: () => undefined, orderFailed: () => undefined };
