import type { Money, PriceTicks, QuantitySteps } from '@openvenue/money';
import type { OperatorCommand } from '../../command.ts';
import { type Rejected, reject } from '../../reject.ts';
import { type Accepted, DONE } from '../../reply.ts';
import type { Account } from '../accounts/account.ts';
import { INSURANCE_FUND_ID } from '../accounts/fund-account.ts';
import type { Leg } from '../accounts/leg.ts';
import type { ChangeType, Side } from '../enums.ts';
import type { ExchangeState } from '../exchange-state.ts';
import { frozenMargin } from '../margin/margin.ts';
import { unrealizedPnlOf } from '../positions/position-at-price.ts';
import type { Step } from '../step.ts';
import type { Market } from '../symbols/market.ts';
import { assess } from './risk-unit.ts';
import { offBookEffect } from './venue-order.ts';

/** The insurance fund's account; it has one-way positions, pays no fee, needs no margin and is never liquidated (LIQ-7). */
export const fundOf = (state: ExchangeState): Account => state.account(INSURANCE_FUND_ID);

/** What the fund is asked to take over. */
export interface Takeover {
  readonly market: Market;
  /** The fund's side. */
  readonly side: Side;
  readonly price: PriceTicks;
  readonly quantity: QuantitySteps;
}

/** The figures by which the fund takes a rest or leaves it. */
export interface TakeoverFigures {
  /** All of it reduces the fund's position. */
  readonly reduces: boolean;
  /** After it: wallet, unrealised PnL of all positions, what is held at mark, and the most that may be. */
  readonly wallet: Money;
  readonly unrealizedPnl: Money;
  readonly notional: Money;
  readonly cap: Money;
}

/** What the fund would stand like after a takeover; asking changes nothing. */
export function takeoverFigures(state: ExchangeState, takeover: Takeover): TakeoverFigures {
  const { market, side, price, quantity } = takeover;
  const fund = state.peekAccount(INSURANCE_FUND_ID);
  const own = fund.peek(market).leg('BOTH');
  const effect = offBookEffect({ leg: own, order: { side } }, { price, quantity });
  const wallet = fund.wallet + effect.realizedPnl;
  const here = market.notionalAtMark(Math.abs(effect.after.quantity) as QuantitySteps);
  const { fundCap } = market.parameters;
  let unrealizedPnl: bigint = unrealizedPnlOf(effect.after, market);
  let notional: bigint = here;
  for (const leg of assess({ account: fund, leg: undefined }).held) {
    if (leg.market === market) continue;
    unrealizedPnl += leg.unrealizedPnl;
    if (fundCap === undefined) notional += leg.notional;
  }
  return {
    reduces: effect.openingQuantity === 0,
    wallet: wallet as Money,
    unrealizedPnl: unrealizedPnl as Money,
    notional: notional as Money,
    cap: fundCap ?? (wallet as Money),
  };
}

/** Whether the fund takes over by these figures (LIQ-7). */
export const takesOver = ({ reduces, wallet, unrealizedPnl, notional, cap }: TakeoverFigures): boolean =>
  reduces || (wallet + unrealizedPnl >= 0n && notional <= cap);

/** Books money between an account and the fund; plus is to the account. */
export function moveFromFund(
  step: Step,
  account: Account,
  move: {
    readonly amount: bigint;
    readonly changeType: ChangeType;
    readonly symbol: string;
    readonly referenceId: number;
  },
): void {
  const fund = fundOf(step.state);
  step.changeWallet(account, { ...move, frozen: frozenMargin(account) });
  step.changeWallet(fund, { ...move, amount: -move.amount, frozen: frozenMargin(fund) });
  step.touch(fund, 'LIQUIDATION');
}

/** The fund's leg in a market. */
export const fundLeg = (state: ExchangeState, market: Market): Leg => fundOf(state).stance(market).leg('BOTH');

/** Money from or to the outside for the fund; it can give away what its wallet holds after its unrealised losses. */
export function adjustInsuranceFund(
  step: Step,
  { amount }: Extract<OperatorCommand, { type: 'adjust-insurance-fund' }>,
): Accepted | Rejected {
  const { state } = step;
  if (amount < 0n) {
    const { wallet, balance } = assess({ account: state.peekAccount(INSURANCE_FUND_ID), leg: undefined });
    const available = wallet < balance ? wallet : balance;
    if (-amount > available) return reject('INSUFFICIENT_BALANCE', { field: 'amount', required: -amount, available });
  }
  const fund = fundOf(state);
  const changeType = amount < 0n ? 'TRANSFER_OUT' : 'TRANSFER_IN';
  step.changeWallet(fund, { amount, changeType, symbol: '', referenceId: 0, frozen: frozenMargin(fund) });
  state.external = (state.external + amount) as Money;
  step.touch(fund, 'TRANSFER');
  return DONE;
}
