import type { NewOrder } from '../../command.ts';
import type { Event, OrderRecord } from '../../event.ts';
import { agree, hold } from './difference.ts';
import { least, most } from './fraction.ts';
import type { MarginAccount } from './margin-account.ts';
import type { OracleState } from './oracle-state.ts';
import type { Turn } from './turn.ts';

/**
 * MRG-4 and MRG-5 for one order: a refusal for margin names what is available, and less than is required; an order that only
 * rests was affordable, and within the cap of its leverage.
 */
export function holdAdmission(state: OracleState, { command, reply, events }: Turn): void {
  if (command.type !== 'place-order') return;
  const account = state.account(command.actor.userId);
  if (!reply.ok) {
    const { required, available } = reply.details;
    if (reply.reason !== 'INSUFFICIENT_MARGIN' || required === undefined || available === undefined) return;
    const { userId } = command.actor;
    agree('MRG-4: available of a refused order', { userId, core: available, oracle: account.available });
    hold('MRG-4: a refused order is too dear', required > available, { userId, seen: { required, available } });
    return;
  }
  const told = events.filter((event) => event.type === 'order-updated');
  const [only] = told;
  if (told.length === 1 && only?.executionType === 'NEW' && rests(only.order, command.order))
    holdAffordable(account, only.order);
}

/**
 * INV-4: what is available falls below 0 by no command of a user, and margin leaves an isolated position only as far as MRG-7 lets it.
 * `before` is what was available before the command.
 */
export function holdSpending(state: OracleState, turn: Turn, before: bigint): void {
  if (!isSpending(turn)) return;
  const { command } = turn;
  const userId = spenderOf(turn);
  const account = state.account(userId);
  const { available } = account;
  if (command.type !== 'adjust-wallet' || command.changeType !== 'ADJUSTMENT')
    hold(`INV-4: available after ${command.type}`, available >= 0n || available >= before, {
      userId,
      seen: { before, available },
    });
  if (command.type !== 'adjust-isolated-margin' || command.amount >= 0n) return;
  const holding = account.user.holding(command.symbol, command.positionSide);
  const spare = holding.margin + least(0n, account.pnl(holding)) - account.initialMargin(holding);
  hold('MRG-7: what stays in an isolated position', spare >= 0n, { userId, seen: { spare, amount: command.amount } });
}

/**
 * Whether a command can have spent nothing but what was available: it was taken, and nothing was filled. The end of a symbol, which its time
 * alone brings about before the command, may settle a loss that others' profits stood against.
 */
export const isSpending = (turn: Turn): boolean => {
  const spender = spenderOf(turn);
  return turn.reply.ok && spender !== 0 && !turn.events.some((event) => isFilled(event) || isSettled(event, spender));
};

const isFilled = ({ type }: Event): boolean => type === 'trade' || type === 'liquidation-step';

const isSettled = (event: Event, userId: number): boolean =>
  event.type === 'ledger' && event.entry.userId === userId && event.entry.changeType === 'REALIZED_PNL';

/** Whose money a command of a user moves; 0 for none. */
export const spenderOf = ({ command }: Turn): number =>
  command.type === 'adjust-wallet' ? command.userId : 'actor' in command ? command.actor.userId : 0;

const rests = (order: OrderRecord, { reduceOnly }: NewOrder): boolean => !order.reduceOnly && reduceOnly !== true;

function holdAffordable(account: MarginAccount, order: OrderRecord): void {
  const { user } = account;
  const { symbol, side, positionSide, orderId } = order;
  const { userId } = user;
  const listed = account.symbol(symbol);
  const after = account.frozenIn(symbol);
  const opening = account.opening(symbol, side, positionSide);
  user.dropOrder(order);
  const rise = after - account.frozenIn(symbol);
  const { available } = account;
  user.putOrder(order);
  const quantity = BigInt(order.quantity);
  const loss = listed.value(BigInt(order.price), quantity) - listed.value(listed.mark, quantity);
  // Of an order that closes first, the opening part's loss is a share that is left out here.
  const openLoss = opening.closable > 0n ? 0n : most(0n, side === 'BUY' ? loss : -loss);
  const required = rise + openLoss;
  hold('MRG-4: an accepted order is affordable', required <= available || required === 0n, {
    userId,
    seen: { orderId, required, available },
  });
  if (opening.open === 0n) return;
  const held = user.holding(symbol, positionSide).quantity;
  const sameSide = side === 'BUY' ? held > 0n : held < 0n;
  const size = side === 'BUY' ? held : -held;
  const notional = sameSide ? listed.value(listed.mark, size) : 0n;
  const cap = listed.capOf(Number(account.leverage(symbol)));
  // In exact fractions: opening value = value x open / quantity.
  const within = notional * opening.quantity + opening.value * opening.open <= cap * opening.quantity;
  hold('MRG-5: an accepted order is within the cap of its leverage', within, {
    userId,
    seen: { orderId, notional, ...opening, cap },
  });
}
