import { Type } from 'typebox';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { favoriteSymbols } from './favorite-symbols.ts';

/** The symbols that the user has marked. */
export const getFavoriteSymbols = defineRoute({
  method: 'GET',
  path: '/v1/private/user/favorite-symbols',
  auth: 'R',
  rateLimit: 'private',
  summary: 'The favourite symbols',
  query: NO_FIELDS,
  body: NO_FIELDS,
  data: Type.Object({ symbols: favoriteSymbols() }),
  errors: [],
});
