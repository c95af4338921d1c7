import type { Command, SourceQuote } from '../../command.ts';
import type { Event } from '../../event.ts';
import { agree, hold } from './difference.ts';
import { ceil, floor, UNIT } from './fraction.ts';
import { indexOf } from './index-of.ts';
import type { OracleState } from './oracle-state.ts';

/** Index and state of each price event from the command's quotes (PRC-1); the mark is read, and held within its clamp (PRC-2). */
export class PriceReader {
  readonly #state: OracleState;
  #quotes: ReadonlyMap<string, readonly SourceQuote[]> = new Map();

  constructor(state: OracleState) {
    this.#state = state;
  }

  begin(command: Command): void {
    if (command.type === 'update-prices')
      this.#quotes = new Map(command.symbols.map(({ symbol, quotes }) => [symbol, quotes]));
  }

  take(event: Extract<Event, { type: 'prices-updated' }>): void {
    const { state: core, symbol: name } = event;
    const { timeMs } = this.#state;
    const symbol = this.#state.symbol(name);
    hold(`SYM-5: no price of ${name} after its end`, !symbol.hasEnded, { seen: event });
    const { markClamp, maxPrice } = symbol.parameters;
    const found = indexOf(this.#quotes.get(name) ?? [], maxPrice);
    const mark = BigInt(event.mark);
    if (found !== undefined) {
      symbol.index = found.index;
      symbol.degraded = found.sources === 1;
      symbol.indexAtMs = timeMs;
      const clamp = BigInt(markClamp);
      const [low, high] = [floor(found.index * (UNIT - clamp), UNIT), ceil(found.index * (UNIT + clamp), UNIT)];
      hold(`PRC-2: mark of ${name}`, mark >= low && mark <= high, { seen: { mark, low, high } });
    } else agree(`PRC-1: mark of ${name} without a source`, { core: mark, oracle: symbol.mark });
    symbol.mark = mark;
    this.#state.marks++;
    agree(`PRC-1: index of ${name}`, { core: BigInt(event.index), oracle: symbol.index });
    const oracle = symbol.isFrozen(timeMs) ? 'FROZEN' : symbol.degraded ? 'DEGRADED' : 'LIVE';
    agree(`PRC-1: state of ${name}`, { core, oracle });
  }
}
