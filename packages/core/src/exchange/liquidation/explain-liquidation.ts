import { divide, type Money, ONE, type Rate } from '@openvenue/money';
import type { Event } from '../../event.ts';
import type { Side } from '../enums.ts';
import { fillPosition, type Position } from '../positions/position.ts';
import { bankruptcyPrice } from './bankruptcy-price.ts';
import type {
  LiquidationFigures,
  LiquidationPosition,
  LiquidationStep,
  Reduction,
  SetOff,
} from './liquidation-event.ts';

/** A step of a liquidation, recomputed from its own inputs. */
export interface LiquidationExplanation {
  readonly step: LiquidationStep;
  readonly agrees: boolean;
  /** What does not follow from the inputs, each as a sentence; empty when all agrees. */
  readonly faults: readonly string[];
}

/**
 * Recomputes every step of the liquidations among some events from nothing but what the step itself says: why it was taken (LIQ-1), the
 * bankruptcy price (LIQ-6), how much of the position was reduced and who took it (LIQ-2), the fee, and what was left.
 */
export function explainLiquidation(events: readonly Event[]): readonly LiquidationExplanation[] {
  const explained: LiquidationExplanation[] = [];
  for (const event of events) {
    if (event.type !== 'liquidation-step') continue;
    const faults = faultsOf(event);
    explained.push({ step: event, agrees: faults.length === 0, faults });
  }
  return explained;
}

type Claim = (what: string, told: unknown, recomputed: unknown) => void;

function faultsOf(step: LiquidationStep): string[] {
  const faults: string[] = [];
  const claim: Claim = (what, told, recomputed) => {
    if (told !== recomputed) faults.push(`${what} is told as ${told}, and recomputed ${recomputed}`);
  };
  for (const [when, figures] of [
    ['before', step.before],
    ['after', step.after],
  ] as const)
    figuresHold(claim, when, figures);
  const { before, detail } = step;
  if (detail.action === 'COVER') {
    claim('positions behind a cover', before.positions.length, 0);
    claim('cover', detail.amount, -before.wallet);
    claim('whether there was something to cover', before.wallet < 0n, true);
  } else claim('below maintenance', before.balance < before.maintenanceMargin, true);
  if (detail.action === 'REDUCE') reductionHolds(claim, step, detail.reduction);
  if (detail.action === 'SET_OFF') setOffHolds(claim, before, detail.setOff);
  claim('wallet after', step.after.wallet, walletAfter(step));
  claim('positions after', describe(step.after.positions), describe(positionsAfter(step)));
  return faults;
}

/** Tier, maintenance margin, unrealised PnL and balance follow from quantity, cost, mark and tier. */
function figuresHold(claim: Claim, when: string, figures: LiquidationFigures): void {
  let balance: bigint = figures.wallet;
  let maintenanceMargin = 0n;
  for (const position of figures.positions) {
    const { symbol, tier } = position;
    const notional = notionalOf(position);
    const inTier = notional > tier.floor && (tier.isLast || notional <= tier.cap);
    claim(`${symbol} in its tier ${when}`, inTier, true);
    const maintained = divide(notional * BigInt(tier.maintenanceMarginRate) - tier.amount, ONE, 'up');
    claim(`maintenance margin of ${symbol} ${when}`, position.maintenanceMargin, maintained);
    const profit = position.quantity > 0 ? notional - position.cost : position.cost - notional;
    claim(`unrealised PnL of ${symbol} ${when}`, position.unrealizedPnl, profit);
    balance += profit;
    maintenanceMargin += maintained;
  }
  claim(`margin balance ${when}`, figures.balance, balance);
  claim(`maintenance margin ${when}`, figures.maintenanceMargin, maintenanceMargin);
}

function reductionHolds(claim: Claim, { before }: LiquidationStep, reduction: Reduction): void {
  const position = find(before, reduction);
  if (position === undefined) {
    claim('the position that was reduced', 'missing', 'held');
    return;
  }
  const { mark, quantity, unit, tier } = position;
  const open = before.positions.filter(({ paused }) => !paused);
  const highest = open.reduce((most, { maintenanceMargin }) => max(most, maintenanceMargin), 0n);
  claim('the highest maintenance margin', position.maintenanceMargin, highest);
  claim('whether liquidation pauses', position.paused, false);
  claim('side', reduction.side, quantity > 0 ? 'SELL' : 'BUY');
  const exact = bankruptcyPrice({ mark, quantity, balance: before.balance, unit });
  claim('bankruptcy price', reduction.bankruptcyPrice, Math.min(exact, Number.MAX_SAFE_INTEGER));
  const kept = Number(tier.floor / (BigInt(mark) * unit));
  claim('quantity kept', reduction.kept, kept);
  claim('quantity', reduction.quantity, Math.min(Math.abs(quantity) - kept, reduction.orderLimit));
  fillsHold(claim, reduction);
  claim('fee', reduction.fee, feeOf(before, position, reduction));
}

/** All of the step is filled, none worse than the bankruptcy price, and the rest of the book went where the rules send it. */
function fillsHold(claim: Claim, { fills, quantity, side, bankruptcyPrice: bound, takeover }: Reduction): void {
  let filled = 0;
  for (const fill of fills) {
    filled += fill.quantity;
    if (fill.counterparty !== 'BOOK') claim('price outside the book', fill.price, bound);
    else claim('a fill within the bankruptcy price', side === 'SELL' ? fill.price >= bound : fill.price <= bound, true);
  }
  claim('what is filled', filled, quantity);
  const outside = fills.filter(({ counterparty }) => counterparty !== 'BOOK');
  claim('a rest', takeover !== undefined, outside.length > 0);
  if (takeover === undefined) return;
  const may = takeover.wallet + takeover.unrealizedPnl >= 0n && takeover.notional <= takeover.cap;
  claim('whether the fund takes over', takeover.taken, takeover.reduces || may);
  if (takeover.taken) claim('who takes the rest', outside.map(({ counterparty }) => counterparty).join(), 'FUND');
}

/** The fee of what the book has filled, up, at most what the step leaves. */
function feeOf(before: LiquidationFigures, position: LiquidationPosition, reduction: Reduction): bigint {
  const { mark, unit } = position;
  const direction = reduction.side === 'SELL' ? 1 : -1;
  let value = 0n;
  let left: bigint = before.balance;
  let rest = 0;
  for (const { counterparty, price, quantity } of reduction.fills) {
    if (counterparty === 'BOOK') {
      value += BigInt(price) * BigInt(quantity) * unit;
      left += BigInt(direction * (price - mark)) * BigInt(quantity) * unit;
    } else rest += quantity;
  }
  const worse = direction * (mark - reduction.bankruptcyPrice);
  if (worse > 0) left -= BigInt(worse) * BigInt(rest) * unit;
  const due = divide(value * BigInt(reduction.feeRate), ONE, 'up');
  const fee = due < left ? due : left;
  return fee > 0n ? fee : 0n;
}

function setOffHolds(claim: Claim, before: LiquidationFigures, { symbol, quantity, price }: SetOff): void {
  const long = find(before, { symbol, positionSide: 'LONG' });
  const short = find(before, { symbol, positionSide: 'SHORT' });
  claim('what is set off', quantity, Math.min(long?.quantity ?? 0, -(short?.quantity ?? 0)));
  claim('price of the set-off', price, long?.mark);
}

/** The fills of a step, as they change a position each. */
interface StepFill {
  readonly symbol: string;
  readonly positionSide: string;
  readonly side: Side;
  readonly price: number;
  readonly quantity: number;
}

function fillsOf({ detail }: LiquidationStep): readonly StepFill[] {
  if (detail.action === 'SET_OFF') {
    const { symbol, quantity, price } = detail.setOff;
    return [
      { symbol, positionSide: 'SHORT', side: 'BUY', price, quantity },
      { symbol, positionSide: 'LONG', side: 'SELL', price, quantity },
    ];
  }
  if (detail.action !== 'REDUCE') return [];
  const { symbol, positionSide, side, fills } = detail.reduction;
  return fills.map(({ price, quantity }) => ({ symbol, positionSide, side, price, quantity }));
}

/** Wallet before, realised PnL of every fill, less the fee; a cover brings it to 0. */
function walletAfter(step: LiquidationStep): bigint {
  const { before, detail } = step;
  if (detail.action === 'COVER') return 0n;
  let wallet: bigint = before.wallet;
  replay(step, (realizedPnl) => {
    wallet += realizedPnl;
  });
  return detail.action === 'REDUCE' ? wallet - detail.reduction.fee : wallet;
}

interface Remaining {
  readonly symbol: string;
  readonly positionSide: string;
  readonly quantity: number;
  readonly cost: bigint;
}

const positionsAfter = (step: LiquidationStep): readonly Remaining[] => replay(step, () => {});

/** Runs the fills of a step over the positions before it. */
function replay(step: LiquidationStep, realized: (pnl: bigint) => void): readonly Remaining[] {
  const fills = fillsOf(step);
  const left: Remaining[] = [];
  for (const held of step.before.positions) {
    let position: Position = {
      quantity: held.quantity,
      cost: held.cost,
      openFees: 0n as Money,
      margin: 0n as Money,
    };
    for (const { symbol, positionSide, ...fill } of fills) {
      if (symbol !== held.symbol || positionSide !== held.positionSide) continue;
      const effect = fillPosition(position, {
        side: fill.side,
        price: fill.price as LiquidationPosition['mark'],
        quantity: fill.quantity as LiquidationPosition['quantity'],
        feeRate: 0 as Rate,
        unit: held.unit,
      });
      realized(effect.realizedPnl);
      position = effect.after;
    }
    const { symbol, positionSide } = held;
    if (position.quantity !== 0) left.push({ symbol, positionSide, quantity: position.quantity, cost: position.cost });
  }
  return left;
}

const describe = (positions: readonly Remaining[]): string =>
  positions
    .map(({ symbol, positionSide, quantity, cost }) => `${symbol} ${positionSide} ${quantity} at ${cost}`)
    .join(', ');

const find = (
  { positions }: LiquidationFigures,
  wanted: { readonly symbol: string; readonly positionSide: string },
): LiquidationPosition | undefined =>
  positions.find(({ symbol, positionSide }) => symbol === wanted.symbol && positionSide === wanted.positionSide);

const notionalOf = ({ quantity, mark, unit }: LiquidationPosition): bigint =>
  BigInt(Math.abs(quantity)) * BigInt(mark) * unit;

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
