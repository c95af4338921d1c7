import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import type { FillRecord } from '../event.ts';
import type { Account } from './account.ts';
import { opposite, type Role } from './enums.ts';
import { type FillVerdict, judgeFill, marginSlice } from './margin.ts';
import type { Market } from './market.ts';
import { type Order, remainingOf } from './order.ts';
import { cancelResting, rememberEnded } from './order-lifecycle.ts';
import { cutReduceOnlyOrders } from './reduce-only.ts';
import type { Step } from './step.ts';

/** Why a taker stopped before its limit: nothing left to take, its own order in the way, or its margin. */
export type Stop = 'done' | 'self-trade' | 'margin';

/** Whether a resting price is within a taker's limit. */
export const reaches = (taker: { readonly side: Order['side'] }, limit: PriceTicks, price: PriceTicks): boolean =>
  taker.side === 'BUY' ? price <= limit : price >= limit;

/**
 * Takes from the book in price-time order until the order is filled, its limit is reached or it must stop (MAT-1, MAT-6,
 * MRG-11). `accepted` is called before anything is changed in the taker's name, so that an order that can't do anything
 * leaves no trace; it may be called again.
 */
export function match(
  step: Step,
  taker: Order,
  options: { readonly limit: PriceTicks; readonly accepted: () => void },
): Stop {
  const { market } = taker;
  const { book } = market;
  const side = opposite(taker.side);
  const takerAccount = step.state.account(taker.userId);
  const filledBefore = taker.filledQuantity;
  while (remainingOf(taker) > 0) {
    const price = book.bestPrice(side);
    if (price === -1 || !reaches(taker, options.limit, price)) return 'done';
    const maker = step.state.orders.get(book.orderIdOf(book.firstAt(side, price))) as Order;
    if (maker.userId === taker.userId) {
      // A taker that has done nothing yet is refused without a trace (MAT-6).
      if (taker.selfTradePrevention === 'CANCEL_TAKER' && taker.filledQuantity === filledBefore) return 'self-trade';
      options.accepted();
      if (preventSelfTrade(step, { maker, taker })) continue;
      return 'self-trade';
    }
    const quantity = Math.min(remainingOf(taker), remainingOf(maker)) as QuantitySteps;
    const makerAccount = step.state.account(maker.userId);
    const makerVerdict = judge(makerAccount, { order: maker, price, quantity, role: 'maker' });
    if (!makerVerdict.allowed) {
      cancelResting(step, maker, 'MARGIN');
      continue;
    }
    const takerVerdict = judge(takerAccount, { order: taker, price, quantity, role: 'taker' });
    if (!takerVerdict.allowed) return 'margin';
    options.accepted();
    const tradeId = step.state.nextTradeId++;
    market.last = price;
    step.events.push({
      type: 'trade',
      symbol: market.symbol,
      tradeId,
      price,
      quantity,
      takerSide: taker.side,
      makerOrderId: maker.orderId,
      takerOrderId: taker.orderId,
      atMs: step.timeMs,
    });
    book.reduce(maker.orderId, quantity);
    makerAccount.stance(market).shrinkOrder(maker, quantity);
    step.depthChanged(market, side, price);
    const interest =
      Math.max(0, takerVerdict.after.position.quantity) + Math.max(0, makerVerdict.after.position.quantity);
    const interestBefore =
      Math.max(0, takerAccount.stance(market).quantity) + Math.max(0, makerAccount.stance(market).quantity);
    market.openInterest = (market.openInterest + interest - interestBefore) as QuantitySteps;
    bookFill(step, {
      account: makerAccount,
      order: maker,
      price,
      quantity,
      tradeId,
      role: 'maker',
      verdict: makerVerdict,
    });
    bookFill(step, {
      account: takerAccount,
      order: taker,
      price,
      quantity,
      tradeId,
      role: 'taker',
      verdict: takerVerdict,
    });
    cutReduceOnlyOrders(step, makerAccount, market);
    cutReduceOnlyOrders(step, takerAccount, market);
  }
  return 'done';
}

interface Fill {
  readonly order: Order;
  readonly price: PriceTicks;
  readonly quantity: QuantitySteps;
  readonly role: Role;
}

function judge(account: Account, fill: Fill): FillVerdict {
  const { market, side } = fill.order;
  return judgeFill(marginSlice(account, market), {
    side,
    price: fill.price,
    quantity: fill.quantity,
    feeRate: market.feeRate(0, fill.role === 'maker'),
    unit: market.unit,
  });
}

/** Books one side of a trade: the order, the ledger (realised PnL, then the fee), the position (MAT-13). */
function bookFill(
  step: Step,
  fill: Fill & { readonly account: Account; readonly tradeId: number; readonly verdict: FillVerdict },
): void {
  const { account, order, verdict } = fill;
  const { effect } = verdict;
  const { market } = order;
  order.filledQuantity = (order.filledQuantity + fill.quantity) as QuantitySteps;
  order.filledTickSteps += fill.price * fill.quantity;
  order.handlingFee = (order.handlingFee + effect.fee) as Order['handlingFee'];
  order.realizedPnl = (order.realizedPnl + effect.realizedPnl) as Order['realizedPnl'];
  order.status = remainingOf(order) === 0 ? 'FILLED' : 'PARTIALLY_FILLED';
  const record: FillRecord = {
    fillId: step.state.nextFillId++,
    tradeId: fill.tradeId,
    orderId: order.orderId,
    userId: order.userId,
    symbol: market.symbol,
    side: order.side,
    positionSide: 'BOTH',
    role: fill.role,
    price: fill.price,
    quantity: fill.quantity,
    tradeValue: effect.value,
    handlingFee: effect.fee,
    realizedPnl: effect.realizedPnl,
    createdAtMs: step.timeMs,
  };
  const stance = account.stance(market);
  if (order.status === 'FILLED' && fill.role === 'maker') stance.removeOrder(order);
  step.orderUpdated(order, 'TRADE', record);
  if (order.status === 'FILLED') rememberEnded(step, order);
  stance.setPosition(effect.after.quantity, effect.after.cost);
  stance.openFees = effect.after.openFees;
  const entry = { symbol: market.symbol, referenceId: record.fillId, frozen: frozenOf(account) };
  step.changeWallet(account, { ...entry, amount: effect.realizedPnl, changeType: 'REALIZED_PNL' });
  step.changeWallet(account, { ...entry, amount: -effect.fee, changeType: 'HANDLING_FEE' });
  step.state.fees = (step.state.fees + effect.fee) as typeof step.state.fees;
  step.positionChanged(account, market);
}

function frozenOf(account: Account): Order['handlingFee'] {
  let frozen = 0n;
  for (const stance of account.stances.values()) frozen += stance.frozen;
  return frozen as Order['handlingFee'];
}

/** Acts by the taker's mode. @returns whether the taker goes on */
function preventSelfTrade(step: Step, pair: { readonly maker: Order; readonly taker: Order }): boolean {
  const { maker, taker } = pair;
  const mode = taker.selfTradePrevention;
  step.events.push({
    type: 'self-trade-prevented',
    symbol: taker.market.symbol,
    userId: taker.userId,
    makerOrderId: maker.orderId,
    takerOrderId: taker.orderId,
    quantity: Math.min(remainingOf(maker), remainingOf(taker)) as QuantitySteps,
  });
  if (mode !== 'CANCEL_TAKER') cancelResting(step, maker, 'SELF_TRADE');
  return mode === 'CANCEL_MAKER';
}

/** Price levels a side has, best first, at most `depth`. */
export function nthBestPrice(market: Market, side: Order['side'], depth: number): PriceTicks | -1 {
  let price = market.book.bestPrice(side);
  for (let i = 1; i < depth && price !== -1; i++) price = market.book.nextPrice(side, price);
  return price;
}
