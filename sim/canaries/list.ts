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
    find: "segmentName(segment)), 'durable')",
    replace: "segmentName(segment)), 'update')",
  },
  {
    name: 'price-reach-exclusive',
    file: 'packages/core/src/exchange/matching/fill-plan.ts',
    find: "side === 'BUY' ? price <= limit : price >= limit",
    replace: "side === 'BUY' ? price < limit : price >= limit",
  },
  {
    name: 'fee-residue-not-booked',
    file: 'packages/core/src/exchange/fees/book-fee.ts',
    find: 'state.fees + fee - share.amount)',
    replace: 'state.fees + fee - share.amount - (fee % 1_000n))',
  },
  {
    name: 'client-order-ids-not-in-snapshot',
    file: 'packages/core/src/exchange/exchange-snapshot.ts',
    find: "if (order.clientOrderId !== '') account.orderByClientId.set(order);",
    replace: '',
  },
  {
    name: 'premium-not-in-snapshot',
    file: 'packages/core/src/exchange/prices/premium-samples.ts',
    find: 'this.#times.push(reader.uint());\n      this.#halfTicks.push(reader.int());',
    replace: 'reader.uint();\n      reader.int();',
  },
  {
    name: 'open-interest-not-updated-on-flip',
    file: 'packages/core/src/exchange/matching/matching.ts',
    find: 'Math.max(0, effect.after.quantity) - Math.max(0, leg.quantity)',
    replace:
      'effect.closingQuantity > 0 && effect.openingQuantity > 0 ? 0 : Math.max(0, effect.after.quantity) - Math.max(0, leg.quantity)',
  },
  {
    name: 'open-interest-not-updated-outside-the-book',
    file: 'packages/core/src/exchange/liquidation/venue-order.ts',
    find: 'countOpenInterest(maker.leg, makerVerdict);\n  countOpenInterest(taker.leg, takerVerdict);',
    replace: '',
  },
  {
    name: 'funding-residue-not-booked',
    file: 'packages/core/src/exchange/funding/settle-funding.ts',
    find: 'step.state.rounding = (step.state.rounding - amount) as Money;',
    replace: '',
  },
  {
    name: 'liquidated-at-exactly-maintenance',
    file: 'packages/core/src/exchange/margin/maintenance.ts',
    find: 'balance < maintenanceMargin',
    replace: 'balance <= maintenanceMargin',
  },
  {
    name: 'deleveraged-from-the-wrong-end',
    file: 'packages/core/src/exchange/liquidation/adl-score.ts',
    find: 'return left > right ? -1 : 1;',
    replace: 'return left > right ? 1 : -1;',
  },
  {
    name: 'change-after-the-look-missed',
    file: 'packages/core/src/exchange/step.ts',
    find: 'readonly changed: Account[] = [];',
    replace:
      'readonly changed: Account[] = new (class extends Array { push(account) { return this.at(-1) === account ? this.length : super.push(account); } })();',
  },
  {
    name: 'condition-fires-beyond-its-trigger-only',
    file: 'packages/core/src/exchange/triggers/trigger-heap.ts',
    find: 'first.key <= key',
    replace: 'first.key < key',
  },
  {
    name: 'strategy-leg-not-shrunk-by-the-other',
    file: 'packages/core/src/exchange/strategies/leg-sizes.ts',
    find: 'if (other?.condition !== undefined) shrink(',
    replace: 'if (other?.condition !== undefined && other.executed > 0) shrink(',
  },
  {
    name: 'command-codec-misses-a-bigint',
    file: 'packages/core/src/command-codec.ts',
    find: "  'adjust-insurance-fund': true,\n",
    replace: '',
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
    find: 'if (this.#hasTail) await file.truncate(offset);',
    replace: '',
  },
  {
    name: 'reduce-only-cut-spares-the-youngest',
    file: 'packages/core/src/exchange/matching/reduce-only.ts',
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
