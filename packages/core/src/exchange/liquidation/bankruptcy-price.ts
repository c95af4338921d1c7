import { divide, type PriceTicks, type QuantitySteps } from '@openvenue/money';

/**
 * The price at which closing a whole position uses up the margin balance behind it, others at the mark (LIQ-6):
 * `mark - side x B / Q`, of a long up, of a short down to the tick, at least one tick. A negative balance puts it on the other
 * side of the mark.
 */
export function bankruptcyPrice(at: {
  readonly mark: PriceTicks;
  /** Negative for a short; not 0. */
  readonly quantity: QuantitySteps;
  /** Margin balance of the cross account or of the isolated position, at the mark. */
  readonly balance: bigint;
  /** Money of one tick times one step. */
  readonly unit: bigint;
}): PriceTicks {
  const size = BigInt(Math.abs(at.quantity)) * at.unit;
  const atMark = BigInt(at.mark) * size;
  const price = at.quantity > 0 ? divide(atMark - at.balance, size, 'up') : divide(atMark + at.balance, size, 'down');
  return Math.max(1, Number(price)) as PriceTicks;
}
