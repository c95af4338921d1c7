import { type Money, ZERO_MONEY } from '@openvenue/money';
import type { Condition } from './conditions/condition.ts';
import type { Market } from './market.ts';
import { Stance } from './stance.ts';
import type { Strategy } from './strategies/strategy.ts';

const NO_CONDITIONS: ReadonlyMap<number, Condition> = new Map();

/** A user's contract wallet and what he has in each market. */
export class Account {
  readonly userId: number;
  wallet: Money = ZERO_MONEY;
  /** Counts the private events of this user, without gaps. */
  eventSequence = 0;
  /** In the order in which the user first touched the markets. */
  readonly stances = new Map<Market, Stance>();
  /** Open orders and those ended in the last 24 h by their clientOrderId (MAT-11). */
  readonly orderIdByClientId = new Map<string, number>();
  /** The same of the condition orders; the two share one name space. */
  readonly conditionIdByClientId = new Map<string, number>();
  /** Conditions that wait for a price or for their parent, or whose turn comes in this command; by id. */
  readonly #conditions = new Map<Market, Map<number, Condition>>();
  /** Strategies that have not ended, by id. */
  readonly strategies = new Map<number, Strategy>();

  constructor(userId: number) {
    this.userId = userId;
  }

  /** The stance as it is, or as it would begin: asking changes nothing. */
  peek(market: Market): Stance {
    return this.stances.get(market) ?? new Stance(market, market.parameters.defaultLeverage);
  }

  /** The pending conditions of a market, in ascending order of ids. */
  conditions(market: Market): ReadonlyMap<number, Condition> {
    return this.#conditions.get(market) ?? NO_CONDITIONS;
  }

  addCondition(condition: Condition): void {
    const ofMarket = this.#conditions.get(condition.market);
    if (ofMarket === undefined) this.#conditions.set(condition.market, new Map([[condition.conditionId, condition]]));
    else ofMarket.set(condition.conditionId, condition);
  }

  removeCondition(condition: Condition): void {
    const ofMarket = this.#conditions.get(condition.market);
    ofMarket?.delete(condition.conditionId);
    if (ofMarket?.size === 0) this.#conditions.delete(condition.market);
  }

  /** All pending conditions, by ascending id. */
  allConditions(): Condition[] {
    return [...this.#conditions.values()]
      .flatMap((ofMarket) => [...ofMarket.values()])
      .sort((a, b) => a.conditionId - b.conditionId);
  }

  stance(market: Market): Stance {
    let stance = this.stances.get(market);
    if (stance === undefined) {
      stance = new Stance(market, market.parameters.defaultLeverage);
      this.stances.set(market, stance);
    }
    return stance;
  }
}
