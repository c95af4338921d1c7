import { Type } from 'typebox';
import { price, quantity, timestampMs } from '../../scalars.ts';

/** When a candle begins and its four prices. */
export const candleFields = {
  openTime: timestampMs('Begin of the candle'),
  open: price('First price'),
  high: price('Highest price'),
  low: price('Lowest price'),
  close: price('Last price'),
};

/** A candle. */
export const KlineView = Type.Object({
  ...candleFields,
  volume: quantity('Quantity traded; "0" for index and mark prices'),
  closeTime: timestampMs('Last millisecond of the candle'),
});
