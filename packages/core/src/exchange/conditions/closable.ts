import type { Account } from '../accounts/account.ts';
import type { PositionSide, Side } from '../enums.ts';
import type { Market } from '../symbols/market.ts';

/** How much of a user's position of a position side an order of a side would close. */
export const closableOf = (account: Account, market: Market, act: PositionAct): number =>
  account.peek(market).leg(act.positionSide).closable(act.side);

/** The position that an order acts on, and the side on which it does. */
export interface PositionAct {
  readonly positionSide: PositionSide;
  readonly side: Side;
}
