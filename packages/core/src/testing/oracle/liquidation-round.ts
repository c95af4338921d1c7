import { hold } from './difference.ts';
import type { OracleState } from './oracle-state.ts';
import { endangered, isBelow, isSame, standing, type Unit } from './unit.ts';

/** LIQ-1 for the order of liquidations: everyone in danger by ratio, each checked again at his turn; then a new round. */
export class LiquidationRound {
  readonly #state: OracleState;
  #waiting: readonly Unit[] = [];

  constructor(state: OracleState) {
    this.#state = state;
  }

  begin(): void {
    this.#waiting = [];
  }

  /** @throws OracleDifference when it is another one's turn */
  take(unit: Unit): void {
    const next = this.#waiting.findIndex((each) => isBelow(standing(each)));
    const first = this.#waiting[next];
    if (first !== undefined && isSame(first, unit)) {
      this.#waiting = this.#waiting.slice(next + 1);
      return;
    }
    const round = endangered(this.#state);
    const [worst] = round;
    hold('LIQ-1: the most endangered goes first', worst !== undefined && isSame(worst, unit), {
      userId: unit.account.user.userId,
      seen: {
        symbol: unit.holding?.symbol ?? '',
        order: round.map(({ account, holding }) => `${account.user.userId} ${holding?.symbol ?? ''}`),
      },
    });
    this.#waiting = round.slice(1);
  }
}
