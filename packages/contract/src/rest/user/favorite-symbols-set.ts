import { Type } from 'typebox';
import { defineRoute, NO_DATA, NO_FIELDS } from '../define-route.ts';
import { favoriteSymbols } from './favorite-symbols.ts';

/** Replaces the symbols that the user has marked. */
export const setFavoriteSymbols = defineRoute({
  method: 'POST',
  path: '/v1/private/user/favorite-symbols',
  auth: 'R',
  rateLimit: 'private',
  summary: 'Replace the favourite symbols',
  query: NO_FIELDS,
  body: Type.Object({ symbols: favoriteSymbols() }),
  data: NO_DATA,
  errors: ['SYMBOL_NOT_TRADING'],
});
