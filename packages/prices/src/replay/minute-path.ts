import type { Random } from '../random.ts';
import type { Candle } from './candles.ts';

/** Prices a minute is drawn with, one a second. */
export const SECONDS_PER_MINUTE = 60;

/** The seconds in which an extreme inside the minute is touched: late and early enough that no second leaps across the range. */
const EARLY = { from: 8, to: 24 } as const;
const LATE = { from: 33, to: 50 } as const;
/** A second's noise is at most the range divided by this. */
const NOISE_DIVISOR = 10;

interface Point {
  readonly second: number;
  readonly price: number;
}

/**
 * Draws 60 one-second prices, in ticks, through a candle: the first is its open, the last its close, high and low are
 * both touched and never left. Between those points it is a bridge of random steps; integers throughout.
 */
export function minutePath(candle: Candle, random: Random): readonly number[] {
  const path: number[] = [];
  const points = turningPoints(candle, random);
  points.forEach((to, i) => {
    const from = points[i - 1];
    if (from === undefined) path.push(to.price);
    else bridge(path, { from, to, candle, random });
  });
  return path;
}

function turningPoints({ open, high, low, close }: Candle, random: Random): readonly Point[] {
  const isTouched = (price: number): boolean => price === open || price === close;
  // A candle that rises has more often seen its low first.
  const lowFirst = random.chance(close >= open ? 0.67 : 0.33);
  const inside = (lowFirst ? [low, high] : [high, low]).filter((price) => !isTouched(price));
  const [first, second] = inside;
  const points: Point[] = [{ second: 0, price: open }];
  if (first !== undefined) {
    const until = second === undefined ? LATE.to : EARLY.to;
    points.push({ second: random.integer(EARLY.from, until), price: first });
  }
  if (second !== undefined) points.push({ second: random.integer(LATE.from, LATE.to), price: second });
  points.push({ second: SECONDS_PER_MINUTE - 1, price: close });
  return points;
}

/** Appends the prices after `from` up to `to`: each step goes its share of the way that is left, plus noise. */
function bridge(
  path: number[],
  way: { readonly from: Point; readonly to: Point; readonly candle: Candle; readonly random: Random },
): void {
  const { from, to, candle, random } = way;
  const noise = Math.floor((candle.high - candle.low) / NOISE_DIVISOR);
  let price = from.price;
  for (let second = from.second + 1; second < to.second; second++) {
    const share = Math.trunc((to.price - price) / (to.second - second + 1));
    price = reflect(price + share + random.integer(-noise, noise), candle);
    path.push(price);
  }
  path.push(to.price);
}

/** Turns a price back that has left the range by less than the range is wide. */
function reflect(price: number, { high, low }: Candle): number {
  if (price > high) return 2 * high - price;
  return price < low ? 2 * low - price : price;
}
