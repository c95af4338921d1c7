/** A bug planted on purpose: one text of one file replaced by another. */
export interface Canary {
  readonly name: string;
  /** Below the repository's root. */
  readonly file: string;
  /** Must be found in the file exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** Bugs of the kind that a venue must not have; the simulator has to find each of them. */
export const CANARIES: readonly Canary[] = [
  {
    name: 'ack-before-sync',
    file: 'packages/log/src/file/file-append-log.ts',
    find: 'await this.#file.datasync();\n    this.#bytes',
    replace: 'this.#bytes',
  },
  {
    name: 'price-reach-exclusive',
    file: 'packages/core/src/exchange/fill-plan.ts',
    find: "side === 'BUY' ? price <= limit : price >= limit",
    replace: "side === 'BUY' ? price < limit : price >= limit",
  },
  {
    name: 'fee-residue-not-booked',
    file: 'packages/core/src/exchange/matching.ts',
    find: 'step.state.fees + effect.fee)',
    replace: 'step.state.fees + effect.fee - (effect.fee % 1_000n))',
  },
  {
    name: 'client-order-ids-not-in-snapshot',
    file: 'packages/core/src/exchange/exchange-snapshot.ts',
    find: "if (order.clientOrderId !== '') account.orderIdByClientId.set(order.clientOrderId, order.orderId);",
    replace: '',
  },
  {
    name: 'premium-not-in-snapshot',
    file: 'packages/core/src/exchange/premium-samples.ts',
    find: 'this.#times.push(reader.uint());\n      this.#halfTicks.push(reader.int());',
    replace: 'reader.uint();\n      reader.int();',
  },
  {
    name: 'open-interest-not-updated-on-flip',
    file: 'packages/core/src/exchange/matching.ts',
    find: '(market.openInterest + (interest - interestBefore))',
    replace:
      '(market.openInterest + (takerVerdict.effect.closingQuantity > 0 && takerVerdict.effect.openingQuantity > 0 ? 0 : interest - interestBefore))',
  },
  {
    name: 'snapshot-without-sync',
    file: 'packages/log/src/file/file-snapshot-store.ts',
    find: 'await file.sync();',
    replace: '',
  },
  {
    name: 'torn-tail-not-cut',
    file: 'packages/log/src/file/recovery.ts',
    find: 'if (this.#cutBytes > 0) await file.truncate(offset);',
    replace: '',
  },
  {
    name: 'reduce-only-cut-spares-the-youngest',
    file: 'packages/core/src/exchange/reduce-only.ts',
    find: 'b.orderId - a.orderId',
    replace: 'a.orderId - b.orderId',
  },
  {
    name: 'agent-order-numbers-forgotten-on-restart',
    file: 'packages/core/src/agency/transfer-orders.ts',
    find: 'previousMs = order.createdAtMs;\n      orders.#insert(order);',
    replace: 'previousMs = order.createdAtMs;\n      orders.#orders.push(order);',
  },
];
