import { estimateFill, type Level, type OrderTerms } from './fill-estimate.ts';
import { type CrossAccount, liquidationPrice } from './liquidation-price.ts';
import { positionAfter } from './position-after.ts';
import { requiredMargin } from './required-margin.ts';
import { closable, feeOf, type Stance } from './stance.ts';

/** What an order form shows of an order before it is sent; in 1e-8. */
export interface OrderPreview {
  readonly value: bigint;
  /** What it takes from the available balance, fee included. */
  readonly cost: bigint;
  readonly fee: bigint;
  readonly averagePrice: bigint;
  /** Liquidation price once all of it has filled; undefined when there is none. */
  readonly liquidationPrice: bigint | undefined;
}

export interface PreviewTerms extends OrderTerms {
  readonly makerOnly: boolean;
  readonly reduceOnly: boolean;
  readonly opposite: readonly Level[];
}

/** Cost, fee and liquidation price of an order at the prices it would have now. */
export function previewOrder(stance: Stance, account: CrossAccount, terms: PreviewTerms): OrderPreview {
  const { instrument, position, mark } = stance;
  const held = closable(position, terms.side);
  const quantity = terms.reduceOnly && terms.quantity > held ? held : terms.quantity;
  const estimate = estimateFill({ ...terms, quantity }, terms.opposite);
  const feeRate = terms.makerOnly ? instrument.makerFeeRate : instrument.takerFeeRate;
  const fill = { side: terms.side, quantity, value: estimate.value, feeRate };
  const after = positionAfter(position, fill);
  const wallet = account.wallet + after.realizedPnl - after.fee;
  return {
    value: estimate.value,
    cost: terms.reduceOnly
      ? 0n
      : requiredMargin(stance, terms.side, { quantity, value: estimate.value, makerOnly: terms.makerOnly }),
    fee: feeOf(estimate.value, feeRate),
    averagePrice: estimate.averagePrice,
    liquidationPrice: liquidationPrice({ ...account, wallet }, after.position, { instrument, mark }),
  };
}
