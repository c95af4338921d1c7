import type { LiveAccount } from '../account/live-account.ts';
import { crossAccountFor } from '../account/live-account.ts';
import type { OpenOrder } from '../account/open-order.ts';
import {
  checkOrder,
  closable,
  FLAT,
  type Instrument,
  maxQuantity,
  type OrderFaults,
  type OrderPreview,
  previewOrder,
  type Stance,
  typedUnits,
  unitsOf,
  wireDecimal,
} from '../calculation/index.ts';
import type { OrderType, PlaceOrderBody, Side } from '../venue-types.ts';
import type { BookLevels } from './use-book-levels.ts';

export const TIMES_IN_FORCE = ['GTC', 'IOC', 'FOK'] as const;
export type TimeInForce = (typeof TIMES_IN_FORCE)[number];

/** What a person has entered. */
export interface Draft {
  readonly type: OrderType;
  readonly price: string;
  readonly quantity: string;
  readonly reduceOnly: boolean;
  readonly makerOnly: boolean;
  readonly timeInForce: TimeInForce;
}

/** Everything around the draft that its figures depend on. */
export interface DraftContext {
  readonly instrument: Instrument;
  readonly leverage: number;
  readonly mark: bigint;
  readonly account: LiveAccount;
  readonly orders: readonly OpenOrder[];
  readonly levels: BookLevels;
}

/** What the form shows for one side. */
export interface SideFigures {
  readonly max: bigint;
  /** Undefined while price or quantity is no number. */
  readonly preview: OrderPreview | undefined;
  /** Whether the preview costs more than is available. */
  readonly isUnaffordable: boolean;
  /** Whether the order could do something: a reduce-only one needs a position against it. */
  readonly canReduce: boolean;
}

export const isMakerOnly = (draft: Draft): boolean =>
  draft.makerOnly && draft.type === 'LIMIT' && draft.timeInForce === 'GTC';

export function sideFigures(draft: Draft, side: Side, context: DraftContext): SideFigures {
  const { account, instrument, levels } = context;
  const stance = stanceOf(context);
  const price = draft.type === 'LIMIT' ? typedUnits(draft.price) : undefined;
  const opposite = side === 'BUY' ? levels.asks : levels.bids;
  const makerOnly = isMakerOnly(draft);
  const terms = { side, makerOnly, reduceOnly: draft.reduceOnly, opposite, ...(price === undefined ? {} : { price }) };
  const hasPrice = draft.type === 'MARKET' ? opposite.length > 0 : price !== undefined && price > 0n;
  const max = hasPrice ? maxQuantity(stance, { ...terms, available: account.atMarks.available }) : 0n;
  const quantity = typedUnits(draft.quantity);
  const preview =
    hasPrice && quantity !== undefined && quantity > 0n
      ? previewOrder(stance, crossAccountFor(account, instrument.symbol), { ...terms, quantity })
      : undefined;
  return {
    max,
    preview,
    isUnaffordable: preview !== undefined && preview.cost > 0n && preview.cost > account.atMarks.available,
    canReduce: closable(stance.position, side) > 0n,
  };
}

/** What is wrong with the draft whichever side is taken. */
export function draftFaults(draft: Draft, context: DraftContext): OrderFaults {
  return checkOrder({ ...draft, onlyCloses: draft.reduceOnly, mark: context.mark }, context.instrument);
}

/** The order that the draft asks for. */
export function orderOf(draft: Draft, side: Side, symbol: string): PlaceOrderBody {
  const quantity = wireDecimal(draft.quantity);
  const reduceOnly = draft.reduceOnly ? { reduceOnly: true } : {};
  if (draft.type === 'MARKET') return { symbol, type: 'MARKET', side, quantity, ...reduceOnly };
  return {
    symbol,
    type: 'LIMIT',
    side,
    price: wireDecimal(draft.price),
    quantity,
    timeInForce: draft.timeInForce,
    ...(isMakerOnly(draft) ? { makerOnly: true } : {}),
    ...reduceOnly,
  };
}

/** The quantity that the slider stands for: the share is of what both sides could take, or of the one that can. */
export function sliderMax(buy: SideFigures, sell: SideFigures): bigint {
  if (buy.max === 0n) return sell.max;
  if (sell.max === 0n) return buy.max;
  return buy.max < sell.max ? buy.max : sell.max;
}

function stanceOf({ instrument, leverage, mark, account, orders }: DraftContext): Stance {
  const held = account.positions.find(({ view }) => view.symbol === instrument.symbol);
  return {
    instrument,
    leverage,
    mark,
    position: held?.position ?? FLAT,
    orders: orders
      .filter(({ symbol }) => symbol === instrument.symbol)
      .map(({ side, price, quantity, filledQuantity, makerOnly, reduceOnly }) => ({
        side,
        price: unitsOf(price),
        remaining: unitsOf(quantity) - unitsOf(filledQuantity),
        makerOnly,
        reduceOnly,
      })),
  };
}

/** A price of the market as the field shows it, with all digits of the tick. */
export function paddedPrice(price: string, { pricePrecision }: Pick<Instrument, 'pricePrecision'>): string {
  const [whole = '0', fraction = ''] = price.split('.');
  return pricePrecision === 0 ? whole : `${whole}.${fraction.padEnd(pricePrecision, '0')}`;
}
