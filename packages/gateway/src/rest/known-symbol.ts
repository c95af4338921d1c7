import type { SymbolParameters } from '@openvenue/core';
import { type Failure, fail } from '../failure.ts';
import type { Venue } from '../venue.ts';

/** The parameters of a listed symbol, or the refusal of one that is not (3013). */
export function readSymbol(
  { node }: Pick<Venue, 'node'>,
  symbol: string,
): { readonly ok: true; readonly parameters: SymbolParameters } | Failure {
  const parameters = node.core.exchange.symbol(symbol)?.parameters;
  if (parameters !== undefined) return { ok: true, parameters };
  return fail('SYMBOL_NOT_TRADING', { details: { field: 'symbol', value: symbol, rule: 'a listed symbol' } });
}

/** Refuses a filter by a symbol that is not listed; no symbol means all. */
export function refuseUnknownSymbol(venue: Pick<Venue, 'node'>, symbol: string | undefined): Failure | undefined {
  if (symbol === undefined) return undefined;
  const known = readSymbol(venue, symbol);
  return known.ok ? undefined : known;
}
