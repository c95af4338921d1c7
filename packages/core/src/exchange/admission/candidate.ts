import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import type { GridFault } from '../../command.ts';
import type { Rejected } from '../../reject.ts';
import type { Account } from '../accounts/account.ts';
import type { OrderType, PositionSide, SelfTradePrevention, Side, TimeInForce } from '../enums.ts';
import type { Order } from '../orders/order.ts';
import type { Step } from '../step.ts';
import type { Market } from '../symbols/market.ts';

/** An order that asks to be let in: a new one, or an amended one with its old self taken out. */
export interface Candidate {
  readonly account: Account;
  readonly market: Market;
  readonly type: OrderType;
  readonly side: Side;
  readonly positionSide: PositionSide;
  readonly price: PriceTicks;
  /** Whole quantity, for the limits; with `filled` of it gone already. */
  readonly quantity: QuantitySteps;
  readonly filled: QuantitySteps;
  readonly timeInForce: TimeInForce;
  readonly reduceOnly: boolean;
  readonly makerOnly: boolean;
  readonly closePosition: boolean;
  readonly selfTradePrevention: SelfTradePrevention;
  readonly priceType: 0 | 1 | 2 | 3 | 4;
  readonly gridFault?: GridFault | undefined;
  /** The id of an order that has one already. */
  readonly orderId?: number | undefined;
  /** What the venue places itself: no maximum binds it (SYM-2), and a leg's limits were judged with its strategy (STR-3). */
  readonly placedFor?: 'condition' | 'leg' | undefined;
  /** Own orders that end when this one is accepted, before it is matched (STR-1). */
  readonly leaving?: ReadonlySet<Order> | undefined;
  /** The exits that come with the order (CND-9), judged at the order's price. */
  readonly exits?: AttachedExits | undefined;
  /** The strategy's legs that come with the order and wait for it (STR-3). */
  readonly legs?: LegChecks | undefined;
  /** The old self of an amended order. */
  readonly replaces?: Order | undefined;
}

/** The exits of an order: what may be wrong with them, and how they come to be when the order is taken. */
export interface AttachedExits {
  readonly grid: (price: PriceTicks) => Rejected | undefined;
  readonly room: () => Rejected | undefined;
  readonly open: (step: Step, order: Order) => void;
}

/** What is asked of a strategy's other sub-orders on the ladder of the one that is placed now, each on its rung (MAT-12, STR-3). */
export interface LegChecks {
  readonly grid: () => Rejected | undefined;
  readonly positionSide: () => Rejected | undefined;
  readonly limits: () => Rejected | undefined;
  /** For all conditions of the strategy and the strategy itself (3110). */
  readonly room: () => Rejected | undefined;
}
