export { formatDecimal, parseDecimal, parseSignedDecimal } from './decimal.ts';
export { countOnGrid, formatOnGrid, type OnGrid } from './grid.ts';
export { Ratio, type Share, shareOf } from './ratio.ts';
export { divide, multiplyDivide, type Rounding } from './rounding.ts';
export { bigintOf, exactProduct, numberOf } from './safe-integer.ts';
export {
  DECIMALS,
  type Money,
  money,
  ONE,
  type PriceTicks,
  priceTicks,
  type QuantitySteps,
  quantitySteps,
  type Rate,
  rate,
  ZERO_MONEY,
} from './units.ts';
