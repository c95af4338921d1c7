import assert from 'node:assert/strict';
import { DEPTH_LIMIT_DEFAULT, operations } from '@openvenue/contract';
import { formatOnGrid } from '@openvenue/money';
import { answer } from '../../failure.ts';
import { publicEndpoint } from '../../http/endpoint.ts';
import { readSymbol } from '../known-symbol.ts';

export const getDepth = publicEndpoint(operations.getDepth, (venue, { query }) => {
  const known = readSymbol(venue, query.symbol);
  if (!known.ok) return known;
  const { tickSize, stepSize } = known.parameters;
  const depth = venue.node.core.exchange.depth(query.symbol, query.limit ?? DEPTH_LIMIT_DEFAULT);
  assert(depth !== undefined, 'a listed symbol has a book');
  const level = ([price, quantity]: readonly [number, number]): [string, string] => [
    formatOnGrid(price, tickSize),
    formatOnGrid(quantity, stepSize),
  ];
  return answer({ version: depth.version, bids: depth.bids.map(level), asks: depth.asks.map(level) });
});
