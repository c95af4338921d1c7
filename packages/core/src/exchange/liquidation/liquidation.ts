import type { Leg } from '../accounts/leg.ts';
import type { RiskUnit } from '../accounts/watched.ts';
import type { Step } from '../step.ts';
import type { Market } from '../symbols/market.ts';
import { AdlQueue } from './adl-queue.ts';
import type { AdlEntry } from './adl-score.ts';
import { figuresOf } from './figures.ts';
import type { LiquidationAction, LiquidationFigures } from './liquidation-event.ts';

/** What all liquidations of one command share. */
export class Liquidations {
  readonly step: Step;
  /** Carries out what a step has caused, before the next (MAT-13). */
  readonly settle: () => void;
  /** Made for the first: most commands look at accounts and liquidate none. */
  #queues: Map<Market, { long?: AdlQueue; short?: AdlQueue }> | undefined;

  constructor(step: Step, settle: (step: Step) => void) {
    this.step = step;
    this.settle = () => settle(step);
  }

  /** Takes the next position of a side out of the queue of auto-deleveraging. */
  nextDeleveraged(market: Market, long: boolean, passes: (leg: Leg) => boolean): AdlEntry | undefined {
    this.#queues ??= new Map();
    const queues = this.#queues.get(market) ?? {};
    this.#queues.set(market, queues);
    const queue = (long ? queues.long : queues.short) ?? new AdlQueue(this.step, market, long);
    if (long) queues.long = queue;
    else queues.short = queue;
    return queue.take(passes);
  }
}

/** One unit's way down the ladder, as its events count it. */
export class Liquidation {
  readonly all: Liquidations;
  readonly unit: RiskUnit;
  readonly #liquidationId: number;
  #step = 0;
  /** The figures that were told last, and how many changes the command had seen by then: without a further one they still hold. */
  #told: LiquidationFigures | undefined;
  #toldAt = 0;

  /** `liquidationId` 0 is for a cover outside a liquidation. */
  constructor(all: Liquidations, unit: RiskUnit, liquidationId: number) {
    this.all = all;
    this.unit = unit;
    this.#liquidationId = liquidationId;
  }

  /** Does one step, and tells it with what was before and after. */
  record(act: () => LiquidationAction): void {
    const { step } = this.all;
    const { account, leg } = this.unit;
    const before = this.#figures();
    const detail = act();
    step.touch(account, 'LIQUIDATION');
    step.events.push({
      type: 'liquidation-step',
      liquidationId: this.#liquidationId,
      step: ++this.#step,
      userId: account.userId,
      marginMode: leg === undefined ? 'CROSS' : 'ISOLATED',
      symbol: leg?.market.symbol ?? '',
      positionSide: leg?.positionSide ?? 'BOTH',
      detail,
      before,
      after: this.#figures(),
      atMs: step.timeMs,
    });
  }

  #figures(): LiquidationFigures {
    const { step } = this.all;
    if (this.#told === undefined || this.#toldAt !== step.changed.length) {
      this.#told = figuresOf(this.unit, step.timeMs);
      this.#toldAt = step.changed.length;
    }
    return this.#told;
  }
}
