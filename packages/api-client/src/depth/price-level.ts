/** Price and quantity of a level, both plain decimals. */
export type PriceLevel = readonly [price: string, quantity: string];

/** A side of the book. */
export type BookSide = 'bids' | 'asks';
