import type { CommittedEvents, PrivateEvent, TradeEvent } from './committed-events.ts';
import { PRIVATE_LOG_LIMITS, PrivateLog, type PrivateLogLimits } from './private-log.ts';
import { TradeTape } from './trade-tape.ts';

/**
 * The last trades of the symbols and the users' recent private events. No state of the core has them, so they begin with what a start
 * replays: clients of a process that has ended have seen less than is in its log.
 */
export class RecentEvents {
  readonly privateLog: PrivateLog;
  readonly #tapes = new Map<string, TradeTape>();

  constructor(limits: PrivateLogLimits = PRIVATE_LOG_LIMITS) {
    this.privateLog = new PrivateLog(limits);
  }

  tapeOf(symbol: string): TradeTape {
    const known = this.#tapes.get(symbol);
    if (known !== undefined) return known;
    const tape = new TradeTape();
    this.#tapes.set(symbol, tape);
    return tape;
  }

  /** Takes a replayed batch. */
  take(batch: readonly CommittedEvents[]): void {
    for (const { timeMs, events } of batch) {
      for (const event of events) {
        if (event.type === 'trade') this.traded(event);
        else if ('userSequence' in event) this.told(timeMs, event);
      }
    }
  }

  traded(trade: TradeEvent): void {
    this.tapeOf(trade.symbol).append(trade);
  }

  told(timeMs: number, event: PrivateEvent): void {
    this.privateLog.append({ timeMs, event });
  }
}
