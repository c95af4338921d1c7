import { Type } from 'typebox';
import { price, quantity } from '../../scalars.ts';

/** Levels of one side of the book, as pairs of price and quantity. */
export const priceLevels = (description: string) =>
  Type.Array(Type.Tuple([price('Price of the level'), quantity('Quantity at the level')]), {
    description,
    examples: [[['60000.5', '0.015']]],
  });
