/** An order by its agent and the agent's number. */
export interface OrderKey {
  readonly agentId: number;
  readonly orderNo: string;
}

/** Orders of one kind that can be in flight: more than the node's queue and its blocks hold. */
export const IN_FLIGHT_MAX = 32_768;

const keyOf = ({ agentId, orderNo }: OrderKey): string => `${agentId} ${orderNo}`;

/**
 * Orders that were handed to the node and whose outcome this process does not know yet. One whose outcome the node could not
 * tell stays for good: such a node has stopped, and only the log of its successor knows.
 */
export class InFlight<Order extends OrderKey> {
  readonly #limit: number;
  /** Several under one number are repeats, or contradict each other; the first one speaks for all. */
  readonly #byKey = new Map<string, Set<Order>>();
  #size = 0;

  constructor(limit = IN_FLIGHT_MAX) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#size;
  }

  find(key: OrderKey): Order | undefined {
    const [first] = this.#byKey.get(keyOf(key)) ?? [];
    return first;
  }

  /** False when there is no room: then the order must not be handed over. */
  add(order: Order): boolean {
    if (this.#size >= this.#limit) return false;
    this.#size += 1;
    const known = this.#byKey.get(keyOf(order));
    if (known === undefined) this.#byKey.set(keyOf(order), new Set([order]));
    else known.add(order);
    return true;
  }

  remove(order: Order): void {
    const known = this.#byKey.get(keyOf(order));
    if (known?.delete(order) !== true) return;
    this.#size -= 1;
    if (known.size === 0) this.#byKey.delete(keyOf(order));
  }
}
