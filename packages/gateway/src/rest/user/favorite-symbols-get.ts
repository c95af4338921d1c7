import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';

export const getFavoriteSymbols = privateEndpoint(operations.getFavoriteSymbols, ({ node }, { principal }) =>
  answer({ symbols: [...node.core.identity.favoriteSymbols(principal.userId)] }),
);
