import type { Event } from '../../event.ts';
import { agree, hold } from './difference.ts';
import { ceil, UNIT } from './fraction.ts';
import type { MarginAccount } from './margin-account.ts';
import type { OracleState } from './oracle-state.ts';
import { type Standing, standing, type Unit } from './unit.ts';
import type { Holding } from './user-books.ts';

type MarginCall = Extract<Event, { type: 'margin-call' }>;

const CALL = 8_000n;
const RECOVERED = 7_500n;
const NO_BALANCE = 99_990_000n;

/**
 * Who has had his margin call (LIQ-5). `maybe`: his position has changed within a command, so that he can have recovered and come back
 * without an end of a command in between.
 */
export class MarginCalls {
  readonly #state: OracleState;
  readonly #called = new Map<MarginAccount | Holding, 'yes' | 'maybe'>();
  /** Users whose positions have changed in this command. */
  readonly #moved = new Set<number>();

  constructor(state: OracleState) {
    this.#state = state;
  }

  begin(): void {
    this.#moved.clear();
  }

  positionMoved(userId: number): void {
    this.#moved.add(userId);
  }

  take(call: MarginCall): void {
    const { userId, symbol, positionSide, marginMode } = call;
    const account = this.#state.account(userId);
    const holding = marginMode === 'CROSS' ? undefined : account.user.holding(symbol, positionSide);
    const unit = { account, holding };
    const at = standing(unit);
    const figures = {
      marginRatio: ratio(at) * (UNIT / 10_000n),
      marginBalance: at.balance,
      maintenanceMargin: at.maintenance,
    };
    for (const [figure, oracle] of Object.entries(figures))
      agree(`LIQ-5: ${figure} of a margin call`, { userId, core: call[figure as keyof MarginCall], oracle });
    const key = keyOf(unit);
    const known = this.#called.get(key);
    const due = ratio(at) >= CALL && (known !== 'yes' || this.#moved.has(userId));
    hold('LIQ-5: a margin call is due', due, { userId, seen: { ...figures, known } });
    this.#called.set(key, 'yes');
  }

  /** After a command: a unit at or above the line has had its call, and one below the other line may have the next. */
  finish(unit: Unit, standing: Standing): void {
    const key = keyOf(unit);
    const known = this.#called.get(key);
    const { userId } = unit.account.user;
    const at = ratio(standing);
    if (at >= CALL) {
      hold('LIQ-5: a margin call', known !== undefined, { userId, seen: { at, symbol: unit.holding?.symbol ?? '' } });
      this.#called.set(key, 'yes');
    } else if (known !== undefined) {
      if (at < RECOVERED) this.#called.delete(key);
      else if (this.#moved.has(userId)) this.#called.set(key, 'maybe');
    }
  }
}

/** MRG-8 in its 4 decimals. */
function ratio({ balance, maintenance, held }: Standing): bigint {
  if (held.length === 0) return 0n;
  return balance <= 0n ? NO_BALANCE : ceil(maintenance * 10_000n, balance);
}

const keyOf = ({ account, holding }: Unit): MarginAccount | Holding => holding ?? account;
