import type { FillRecord, OrderRecord } from '../../event.ts';
import type { Side } from '../../exchange/enums.ts';
import type {
  LiquidationFill,
  LiquidationStep,
  Reduction as Told,
} from '../../exchange/liquidation/liquidation-event.ts';
import { bankruptcyPrice, nextDeleveraged } from './deleveraging.ts';
import { agree, hold, text } from './difference.ts';
import { ceil, least, most, UNIT } from './fraction.ts';
import { FUND } from './fund.ts';
import type { OracleState } from './oracle-state.ts';
import { type Figures, figuresOf } from './step-figures.ts';
import { type FundDecision, fundDecision } from './takeover.ts';
import { isBelow, standing, type Unit } from './unit.ts';
import { type Holding, lots } from './user-books.ts';

/**
 * One step down the ladder (LIQ-2, 3 to 5), worked out when its order begins: which position, how much of it and at what price. The
 * fee and who takes the rest follow when the fills are told.
 */
export class Reduction {
  readonly unit: Unit;
  readonly before: Figures;
  readonly holding: Holding;
  readonly price: bigint;
  readonly quantity: bigint;
  readonly #state: OracleState;
  readonly #kept: bigint;
  readonly #side: Side;
  readonly #fills: LiquidationFill[] = [];
  #filled = 0n;
  #value = 0n;
  #fee: bigint | undefined;
  #decision: FundDecision | undefined;

  constructor(state: OracleState, unit: Unit, order: OrderRecord) {
    const { user } = unit.account;
    const { userId } = user;
    this.#state = state;
    this.unit = unit;
    this.before = figuresOf(unit, state.timeMs);
    const at = standing(unit);
    hold('LIQ-1: who is liquidated is below maintenance', isBelow(at), { userId, seen: at });
    this.holding = this.#heaviest(at.held);
    const { symbol, positionSide, quantity } = this.holding;
    const listed = state.symbol(symbol);
    this.#side = quantity > 0n ? 'SELL' : 'BUY';
    this.price = bankruptcyPrice(state, this.holding, at.balance);
    this.#kept = listed.tierOf(unit.account.notional(this.holding)).floor / listed.value(listed.mark, 1n);
    this.quantity = least(lots(this.holding) - this.#kept, BigInt(this.#orderLimit));
    const expected = {
      symbol,
      positionSide,
      side: this.#side,
      price: Number(this.price),
      quantity: Number(this.quantity),
      type: 'LIMIT',
      timeInForce: 'IOC',
    };
    for (const [figure, oracle] of Object.entries(expected))
      agree(`LIQ-2: ${figure} of a step's order`, { userId, core: order[figure as keyof OrderRecord], oracle });
  }

  get #orderLimit(): number {
    const { maxPrice } = this.#state.symbol(this.holding.symbol).parameters;
    return Math.floor(Number.MAX_SAFE_INTEGER / Math.max(Number(this.price), maxPrice));
  }

  /** The position with the highest maintenance margin that is not paused; legs of a cross hedge have been set off by now. */
  #heaviest(held: readonly Holding[]): Holding {
    const { account } = this.unit;
    let found: Holding | undefined;
    for (const symbol of this.#state.symbols.keys()) {
      if (this.#state.symbol(symbol).isPaused(this.#state.timeMs)) continue;
      const here = held.filter((each) => each.symbol === symbol);
      if (this.unit.holding === undefined)
        hold('LIQ-2: a hedge is set off first', here.length < 2, { userId: account.user.userId, seen: here });
      for (const each of here)
        if (found === undefined || account.maintenance(each) > account.maintenance(found)) found = each;
    }
    if (found === undefined) throw new Error(`user ${account.user.userId} has nothing that may be liquidated`);
    return found;
  }

  /** A fill of the step's order in the book, before it is booked. */
  takeBookFill({ price, quantity }: FillRecord, makerId: number): void {
    const { userId } = this.unit.account.user;
    const [ticks, steps] = [BigInt(price), BigInt(quantity)];
    const within = this.#side === 'SELL' ? ticks >= this.price : ticks <= this.price;
    hold('LIQ-2: a fill no worse than the bankruptcy price', within && this.#fee === undefined, {
      userId,
      seen: { price, bound: this.price, fee: this.#fee },
    });
    this.#filled += steps;
    this.#value += this.#state.symbol(this.holding.symbol).value(ticks, steps);
    this.#fills.push({ counterparty: 'BOOK', price, quantity, userId: makerId });
  }

  /** The other side of what the book has left, before it is booked: the fund, or who is deleveraged. */
  takeRest(fill: FillRecord): 'FUND' | 'ADL' {
    this.bookFee();
    const state = this.#state;
    const { userId } = this.unit.account.user;
    const { symbol, quantity } = this.holding;
    const rest = this.quantity - this.#filled;
    const buys = this.#side === 'SELL';
    this.#decision ??= fundDecision(state, { symbol, buys, price: this.price, quantity: rest });
    const next = this.#decision.taken
      ? undefined
      : nextDeleveraged(state, { unit: this.unit, symbol, long: quantity < 0n, price: this.price });
    const taken = next === undefined ? rest : least(lots(next.holding), rest);
    const expected = {
      userId: next?.userId ?? FUND,
      positionSide: next?.holding.positionSide ?? 'BOTH',
      symbol,
      side: buys ? 'BUY' : 'SELL',
      price: Number(this.price),
      quantity: Number(taken),
    };
    for (const [figure, oracle] of Object.entries(expected))
      agree(`LIQ-3, LIQ-7: ${figure} of who takes a rest`, { userId, core: fill[figure as keyof FillRecord], oracle });
    const counterparty = next === undefined ? 'FUND' : 'ADL';
    this.#filled += taken;
    this.#fills.push({ counterparty, price: fill.price, quantity: fill.quantity, userId: fill.userId });
    return counterparty;
  }

  /**
   * Books the liquidation fee, once: of what the book has filled, up, at most what the step leaves when the rest goes at the bankruptcy
   * price.
   */
  bookFee(): void {
    if (this.#fee !== undefined) return;
    const { account, holding } = this.unit;
    const { user } = account;
    const symbol = this.#state.symbol(this.holding.symbol);
    const { liquidationFeeRate } = symbol.parameters;
    const due = ceil(this.#value * BigInt(liquidationFeeRate), UNIT);
    const worse = this.#side === 'SELL' ? symbol.mark - this.price : this.price - symbol.mark;
    const left = standing(this.unit).balance - symbol.value(most(0n, worse), this.quantity - this.#filled);
    this.#fee = most(0n, least(due, left));
    const fund = this.#state.touch(FUND);
    if (holding === undefined) user.crossWallet -= this.#fee;
    else holding.margin -= this.#fee;
    fund.crossWallet += this.#fee;
    const entry = { changeType: 'LIQUIDATION_FEE', symbol: this.holding.symbol } as const;
    this.#state.entries.expect(user, { ...entry, amount: -this.#fee });
    this.#state.entries.expect(fund, { ...entry, amount: this.#fee });
  }

  /** The step as its event tells it, when all of it has been filled. */
  agree(step: LiquidationStep, told: Told): void {
    this.bookFee();
    const { userId } = step;
    const { symbol, positionSide } = this.holding;
    const { liquidationFeeRate } = this.#state.symbol(symbol).parameters;
    const expected = {
      symbol,
      positionSide,
      side: this.#side,
      bankruptcyPrice: Number(this.price),
      kept: Number(this.#kept),
      orderLimit: this.#orderLimit,
      quantity: Number(this.quantity),
      feeRate: liquidationFeeRate,
      fee: this.#fee,
    };
    for (const [figure, oracle] of Object.entries(expected))
      agree(`LIQ-4: ${figure} of a step`, { userId, core: told[figure as keyof Told], oracle });
    agree('LIQ-2: what a step fills', { userId, core: Number(this.#filled), oracle: Number(this.quantity) });
    agree('LIQ-4: fills of a step', { userId, core: fillsText(told.fills), oracle: fillsText(this.#fills) });
    agree('LIQ-4: whether a step had a rest', {
      userId,
      core: told.takeover !== undefined,
      oracle: this.#decision !== undefined,
    });
    for (const [figure, oracle] of Object.entries(this.#decision ?? {}))
      agree(`LIQ-7: ${figure} of a take-over`, { userId, core: told.takeover?.[figure as keyof FundDecision], oracle });
  }
}

const fillsText = (fills: readonly LiquidationFill[]): string =>
  text(fills.map(({ counterparty, price, quantity, userId }) => [counterparty, price, quantity, userId]));
