import { type Money, ZERO_MONEY } from '@openvenue/money';
import type { Condition } from '../conditions/condition.ts';
import { type FeeRates, feeLevelOf, feeRates, NO_FEES, NO_MARKUP } from '../fees/fee-level.ts';
import type { FeeSchedule } from '../fees/fee-schedule.ts';
import { TradedVolume } from '../fees/traded-volume.ts';
import { OrdersByClientId } from '../orders/orders-by-client-id.ts';
import type { Strategy } from '../strategies/strategy.ts';
import type { Market } from '../symbols/market.ts';
import type { FeeLevel } from '../symbols/symbol-parameters.ts';
import { INSURANCE_FUND_ID } from './fund-account.ts';
import { Holders } from './holders.ts';
import type { Leg } from './leg.ts';
import { Stance } from './stance.ts';
import { Touch } from './touch.ts';
import type { Watched } from './watched.ts';

const NO_CONDITIONS: ReadonlyMap<number, Condition> = new Map();

/** A user's contract wallet and what he has in each market. */
export class Account {
  readonly userId: number;
  /** Its place among all accounts, in the order in which they began. */
  place = 0;
  /** The agent that bound the user, 0 for none. */
  readonly agentId: number;
  /** All positions that are held, by whomever. */
  readonly holders: Holders;
  wallet: Money = ZERO_MONEY;
  /** Counts the private events of this user, without gaps. */
  eventSequence = 0;
  /** Whether the cross account has had its margin call and has not recovered since (LIQ-5). */
  marginCalled = false;
  /** How the risk index watches the cross account; it alone sets it. */
  watched: Watched | undefined;
  readonly #stances = new Map<Market, Stance>();
  /** The same as a list, which is faster to go through. */
  readonly #stanceList: Stance[] = [];
  /** The legs of all stances; undefined when there can be more than were listed last. */
  #legs: readonly Leg[] | undefined;
  /** Open orders and those ended in the last 24 h by their clientOrderId (MAT-11). */
  readonly orderByClientId = new OrdersByClientId();
  /** The same of the condition orders; the two share one name space. */
  readonly conditionIdByClientId = new Map<string, number>();
  /** Conditions that wait for a price or for their parent, or whose turn comes in this command; by id. */
  readonly #conditions = new Map<Market, Map<number, Condition>>();
  /** Strategies that have not ended, by id. */
  readonly strategies = new Map<number, Strategy>();

  readonly touch = new Touch();

  /** Value of all fills by UTC day (FEE-2). */
  readonly volume = new TradedVolume();
  #volume30d: Money = ZERO_MONEY;
  #schedule: FeeSchedule | undefined;
  /** The stance that was found last. */
  #recent: Stance | undefined;

  constructor(
    userId: number,
    terms: { readonly agentId: number; readonly schedule: FeeSchedule | undefined } = NO_AGENT,
    holders = new Holders(),
  ) {
    this.userId = userId;
    this.agentId = terms.agentId;
    this.holders = holders;
    this.#schedule = terms.schedule;
  }

  /** Traded value of the 30 UTC days before today, which sets today's fee level (FEE-2). */
  get volume30d(): Money {
    return this.#volume30d;
  }

  /** A new UTC day begins: the level is set for all of it. */
  beginDay(day: number): void {
    this.volume.forgetBefore(day);
    const before = this.#volume30d;
    this.#volume30d = this.volume.before(day);
    if (this.#volume30d === before) return;
    for (const stance of this.#stanceList) {
      const levels = this.#levels(stance.market);
      if (feeLevelOf(levels, before) !== feeLevelOf(levels, this.#volume30d)) this.refresh(stance);
    }
  }

  /** In the order in which the user first touched the markets. */
  get stances(): readonly Stance[] {
    return this.#stanceList;
  }

  /** The legs of all stances, in their order. */
  get legs(): readonly Leg[] {
    this.#legs ??= this.#stanceList.flatMap(({ legs }) => legs);
    return this.#legs;
  }

  /** Tells that a stance has a leg more. */
  legAdded(): void {
    this.#legs = undefined;
  }

  /** The stance in a market that the user has touched. */
  stanceIn(market: Market): Stance | undefined {
    if (this.#recent?.market === market) return this.#recent;
    const stance = this.#stances.get(market);
    if (stance !== undefined) this.#recent = stance;
    return stance;
  }

  /** Takes over a schedule, and what follows for every market. */
  refreshFees(schedule: FeeSchedule | undefined): void {
    this.#schedule = schedule;
    for (const stance of this.#stanceList) this.refresh(stance);
  }

  /** Takes over a market's new parameters. */
  refresh(stance: Stance): void {
    stance.fees = this.#feesIn(stance.market);
    stance.refresh();
  }

  /** The fee level in a market, from 0. */
  feeLevel(market: Market): number {
    return feeLevelOf(this.#levels(market), this.#volume30d);
  }

  /** The stance as it is, or as it would begin: asking changes nothing. */
  peek(market: Market): Stance {
    return this.stanceIn(market) ?? this.#begin(market);
  }

  /** The pending conditions of a market, in ascending order of ids. */
  conditions(market: Market): ReadonlyMap<number, Condition> {
    return this.#conditions.get(market) ?? NO_CONDITIONS;
  }

  addCondition(condition: Condition): void {
    const ofMarket = this.#conditions.get(condition.market);
    if (ofMarket === undefined) this.#conditions.set(condition.market, new Map([[condition.conditionId, condition]]));
    else ofMarket.set(condition.conditionId, condition);
    this.#legOf(condition).claims++;
  }

  removeCondition(condition: Condition): void {
    const ofMarket = this.#conditions.get(condition.market);
    if (ofMarket?.delete(condition.conditionId) === true) this.#legOf(condition).claims--;
    if (ofMarket?.size === 0) this.#conditions.delete(condition.market);
  }

  /** All pending conditions, by ascending id. */
  allConditions(): Condition[] {
    return [...this.#conditions.values()]
      .flatMap((ofMarket) => [...ofMarket.values()])
      .sort((a, b) => a.conditionId - b.conditionId);
  }

  stance(market: Market): Stance {
    let stance = this.stanceIn(market);
    if (stance === undefined) {
      stance = this.#begin(market);
      this.#stances.set(market, stance);
      this.#stanceList.push(stance);
      this.#legs = undefined;
    }
    return stance;
  }

  #legOf({ market, positionSide }: Condition): Leg {
    return this.stance(market).leg(positionSide);
  }

  #begin(market: Market): Stance {
    return new Stance(this, market, this.#feesIn(market));
  }

  #levels(market: Market): readonly FeeLevel[] {
    const own = this.#schedule?.levels ?? [];
    return own.length > 0 ? own : market.parameters.feeLevels;
  }

  #feesIn(market: Market): FeeRates {
    if (this.userId === INSURANCE_FUND_ID) return NO_FEES;
    return feeRates(this.#levels(market)[this.feeLevel(market)] as FeeLevel, this.#schedule?.markup ?? NO_MARKUP);
  }
}

const NO_AGENT = { agentId: 0, schedule: undefined };
