import { type Money, ZERO_MONEY } from '@openvenue/money';
import type { Market } from './market.ts';
import { Stance } from './stance.ts';

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

  constructor(userId: number) {
    this.userId = userId;
  }

  /** The stance as it is, or as it would begin: asking changes nothing. */
  peek(market: Market): Stance {
    return this.stances.get(market) ?? new Stance(market, market.parameters.defaultLeverage);
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
