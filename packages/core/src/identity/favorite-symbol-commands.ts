import { reject } from '../reject.ts';
import { DONE, type Reply } from '../reply.ts';
import { authorize } from './authorize.ts';
import type { SetFavoriteSymbols } from './command.ts';
import { faultyText, SYMBOL } from './form.ts';
import { MAX_FAVORITE_SYMBOLS } from './limits.ts';
import type { Turn } from './state.ts';

export function setFavoriteSymbols({ state, timeMs, emit }: Turn, { actor, symbols }: SetFavoriteSymbols): Reply {
  const refusal = authorize(state, { actor, timeMs, need: 'read' });
  if (refusal !== undefined) return refusal;
  if (symbols.length > MAX_FAVORITE_SYMBOLS) {
    return reject('OUT_OF_RANGE', { field: 'symbols', rule: `at most ${MAX_FAVORITE_SYMBOLS} symbols` });
  }
  for (const [index, value] of symbols.entries()) {
    const fault = faultyText({ field: `symbols[${index}]`, value, form: SYMBOL });
    if (fault !== undefined) return fault;
  }
  if (new Set(symbols).size < symbols.length) {
    return reject('INVALID_PARAMETER', { field: 'symbols', rule: 'each symbol once' });
  }

  const { userId } = actor;
  const before = state.favoriteSymbols.of(userId);
  if (before.length === symbols.length && before.every((symbol, index) => symbol === symbols[index])) return DONE;
  state.favoriteSymbols.set(userId, symbols);
  emit({ type: 'favorite-symbols-changed', userId, symbols: state.favoriteSymbols.of(userId) });
  return DONE;
}
