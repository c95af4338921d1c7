import { Type } from 'typebox';
import { symbolName } from '../../scalars.ts';

/** Symbols that a user can mark. */
export const FAVORITE_SYMBOLS_MAX = 200;

export const favoriteSymbols = () =>
  Type.Array(symbolName(), {
    maxItems: FAVORITE_SYMBOLS_MAX,
    description: "Symbols in the user's own order, each once",
    examples: [['BTCUSDT', 'ETHUSDT']],
  });
