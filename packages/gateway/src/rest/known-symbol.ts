import assert from 'node:assert/strict';
import type { SymbolParameters, SymbolView } from '@openvenue/core';
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

/** The named symbol, or all of them in listing order when none is named. */
export function readSymbols(
  venue: Pick<Venue, 'node'>,
  symbol: string | undefined,
): { readonly ok: true; readonly symbols: readonly SymbolView[] } | Failure {
  const refused = refuseUnknownSymbol(venue, symbol);
  if (refused !== undefined) return refused;
  const symbols = venue.node.core.exchange.symbols();
  return { ok: true, symbols: symbols.filter(({ parameters }) => (symbol ?? parameters.symbol) === parameters.symbol) };
}

/** Refuses a filter by a symbol that is not listed; no symbol means all. */
export function refuseUnknownSymbol(venue: Pick<Venue, 'node'>, symbol: string | undefined): Failure | undefined {
  if (symbol === undefined) return undefined;
  const known = readSymbol(venue, symbol);
  return known.ok ? undefined : known;
}

/** The parameters of a symbol that something was traded in. */
export function parametersOf({ node }: Pick<Venue, 'node'>, symbol: string): SymbolParameters {
  const parameters = node.core.exchange.symbol(symbol)?.parameters;
  assert(parameters !== undefined, 'what was traded stays known');
  return parameters;
}
