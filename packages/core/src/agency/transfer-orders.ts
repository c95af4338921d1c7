import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';
import type { AgencyLimits } from './limits.ts';
import { type OrderFilter, OrderList, type OrderWindow } from './order-list.ts';
import { loadOrder, saveOrder, type TransferOrder } from './transfer-order.ts';

type OrderLimits = Pick<AgencyLimits, 'orders' | 'ordersPerAgent'>;

/** One agent's numbers; transfers and reverses have their own, so a reverse may be named as its transfer is. */
class AgentOrders {
  readonly transferIds = new Map<string, number>();
  readonly reverseIds = new Map<string, number>();
  readonly list = new OrderList();
}

export interface OrderPage {
  /** How many orders pass the filter. */
  readonly total: number;
  readonly orders: readonly TransferOrder[];
}

/** All transfers and reverses, for good. Ids count up from 1; records are replaced, never changed in place. */
export class TransferOrders {
  readonly #limits: OrderLimits;
  /** At its id less one. */
  readonly #orders: TransferOrder[] = [];
  readonly #byAgent = new Map<number, AgentOrders>();

  constructor(limits: OrderLimits) {
    this.#limits = limits;
  }

  isFullFor(agentId: number): boolean {
    const own = this.#byAgent.get(agentId);
    const count = own === undefined ? 0 : own.transferIds.size + own.reverseIds.size;
    return this.#orders.length >= this.#limits.orders || count >= this.#limits.ordersPerAgent;
  }

  get(orderId: number): TransferOrder | undefined {
    return this.#orders[orderId - 1];
  }

  transfer(agentId: number, orderNo: string): TransferOrder | undefined {
    return this.get(this.#byAgent.get(agentId)?.transferIds.get(orderNo) ?? 0);
  }

  reverse(agentId: number, orderNo: string): TransferOrder | undefined {
    return this.get(this.#byAgent.get(agentId)?.reverseIds.get(orderNo) ?? 0);
  }

  /** The agent's transfers that pass the filter, newest first. */
  page(agentId: number, filter: OrderFilter, window: OrderWindow): OrderPage {
    const list = this.#byAgent.get(agentId)?.list;
    if (list === undefined) return { total: 0, orders: [] };
    const { total, orderIds } = list.select(filter, window, (orderId) => this.get(orderId)?.createdAtMs ?? 0);
    return { total, orders: orderIds.flatMap((orderId) => this.get(orderId) ?? []) };
  }

  add(fields: Omit<TransferOrder, 'orderId'>): TransferOrder {
    const order = { orderId: this.#orders.length + 1, ...fields };
    this.#insert(order);
    return order;
  }

  replace(order: TransferOrder): void {
    const before = this.get(order.orderId);
    this.#orders[order.orderId - 1] = order;
    if (before === undefined || order.orderType === 'REVERSE' || before.status === order.status) return;
    const list = this.#byAgent.get(order.agentId)?.list;
    list?.remove(before);
    list?.add(order);
  }

  save(writer: StateWriter): void {
    let previousMs = 0;
    writer.list(this.#orders, (order) => {
      saveOrder(writer, order, previousMs);
      previousMs = order.createdAtMs;
    });
  }

  static load(reader: StateReader, limits: OrderLimits): TransferOrders {
    const orders = new TransferOrders(limits);
    let previousMs = 0;
    reader.list(() => {
      const order = loadOrder(reader, orders.#orders.length + 1, previousMs);
      previousMs = order.createdAtMs;
      orders.#insert(order);
    });
    return orders;
  }

  #insert(order: TransferOrder): void {
    this.#orders.push(order);
    let own = this.#byAgent.get(order.agentId);
    if (own === undefined) {
      own = new AgentOrders();
      this.#byAgent.set(order.agentId, own);
    }
    if (order.orderType === 'REVERSE') {
      own.reverseIds.set(order.orderNo, order.orderId);
      return;
    }
    own.transferIds.set(order.orderNo, order.orderId);
    own.list.add(order);
  }
}
