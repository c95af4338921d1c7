import {
  type Command,
  type ConditionType,
  Core,
  type NewCondition,
  type Outcome,
  type Reply,
  type Side,
  type SymbolParameters,
} from '@openvenue/core';
import { testSymbol } from '@openvenue/core/testing';
import { type Money, ONE, type PriceTicks, priceTicks, type QuantitySteps, quantitySteps } from '@openvenue/money';
import { SeededRandom } from '../../packages/core/src/testing/random.ts';

/** Where every symbol's price begins, in ticks. */
export const MID = 600_000;
export const SYMBOLS: readonly string[] = ['AAAUSDT', 'BBBUSDT', 'CCCUSDT', 'DDDUSDT', 'EEEUSDT'];

const START_MS = 1_772_000_000_000;
const LEVERAGES = [2, 3, 5, 10, 20, 25];
/** While positions are opened, prices go this far up and down, in parts of 1,000. */
const ENTRY_SPREAD = 10;
/** Positions that are opened between two prices. */
const USERS_PER_PRICE = 500;
const MAX_QUANTITY = 20;
const HALF_SPREAD = 60;
const LEVEL_GAP = 20;
const LEVELS_PER_SIDE = 20;
const LEVEL_QUANTITY = quantitySteps(20_000);
const MAKER_FUNDS = (1_000_000_000n * ONE) as Money;
const CONDITION_TYPES: readonly ConditionType[] = [
  'STOP_MARKET',
  'STOP_LIMIT',
  'TAKE_PROFIT_MARKET',
  'TAKE_PROFIT_LIMIT',
  'TRAILING_STOP',
];

/** A user with one position. */
export interface Holder {
  readonly userId: number;
  readonly symbol: string;
  /** Side that closes the position. */
  readonly closes: Side;
  readonly quantity: QuantitySteps;
}

/**
 * A core with one position a user, long and short by turns, cross and isolated, at many leverages and entry prices, so that a move of
 * about 2.5 % begins to reach them; and a market maker a symbol who quotes around each price.
 */
export class CrowdedCore {
  readonly core = new Core();
  readonly holders: Holder[] = [];
  readonly #random: SeededRandom;
  readonly #makerIds: number[];
  #timeMs = START_MS;
  #users = 0;

  constructor(size: { readonly positions: number; readonly seed: number }) {
    this.#random = new SeededRandom(size.seed);
    for (const symbol of SYMBOLS) this.#accepted({ type: 'configure-symbol', parameters: parametersOf(symbol) });
    this.#accepted({ type: 'adjust-insurance-fund', amount: MAKER_FUNDS });
    this.tick(SYMBOLS.map(() => MID));
    this.#makerIds = SYMBOLS.map(() => this.#user(MAKER_FUNDS));
    while (this.holders.length < size.positions) {
      if (this.holders.length % USERS_PER_PRICE === 0) this.#entryPrice(this.holders.length / size.positions);
      this.#openPair(SYMBOLS[(this.holders.length / 2) % SYMBOLS.length] as string);
    }
    this.tick(SYMBOLS.map(() => MID));
    this.quote(SYMBOLS.map(() => MID));
  }

  /** The prices of one second, one for each symbol. */
  priceCommand(prices: readonly number[]): Command {
    return {
      type: 'update-prices',
      symbols: SYMBOLS.map((symbol, i) => ({
        symbol,
        quotes: ['first', 'second', 'third'].map((source) => ({
          source,
          price: priceTicks(prices[i] as number),
          ageMs: 0,
          weight: 1,
        })),
      })),
    };
  }

  /** Applies the next command, a second after the one before when it brings prices. */
  apply(command: Command): Outcome {
    if (command.type === 'update-prices') this.#timeMs += 1_000;
    return this.core.apply(this.core.sequence + 1, this.#timeMs, command);
  }

  /** Lets time pass until the next prices. */
  skip(ms: number): void {
    this.#timeMs += ms;
  }

  tick(prices: readonly number[]): Outcome {
    return this.apply(this.priceCommand(prices));
  }

  /** The makers take their quotes back and quote around new prices. */
  quote(prices: readonly number[]): void {
    SYMBOLS.forEach((symbol, i) => {
      const actor = { userId: this.#makerIds[i] as number };
      this.#accepted({ type: 'cancel-all-orders', actor, symbol });
      for (const side of ['BUY', 'SELL'] as const) {
        const orders = Array.from({ length: LEVELS_PER_SIDE }, (_, level) => {
          const offset = HALF_SPREAD + level * LEVEL_GAP;
          const price = priceTicks((prices[i] as number) + (side === 'BUY' ? -offset : offset));
          return { symbol, ...LIMIT, side, price, quantity: LEVEL_QUANTITY };
        });
        this.#accepted({ type: 'place-orders', actor, orders });
      }
    });
  }

  /** Places `count` conditions of all types, each of another holder, that fire from 0.5 % to 8 % away or trail by up to 10 %. */
  placeConditions(count: number): void {
    for (let i = 0; i < count; i++) {
      const holder = this.holders[Math.floor((i * this.holders.length) / count)] as Holder;
      this.#accepted({
        type: 'place-condition',
        actor: { userId: holder.userId },
        condition: this.#condition(holder, CONDITION_TYPES[i % CONDITION_TYPES.length] as ConditionType),
      });
    }
  }

  /** Places a stop at one price for `count` who hold longs of a symbol. @returns how many found a holder */
  placeStops(symbol: string, price: number, count: number): number {
    const held = this.holders.filter((holder) => holder.symbol === symbol && holder.closes === 'SELL');
    let placed = 0;
    for (const { userId } of held) {
      if (placed === count) break;
      const condition = { ...conditionAt(symbol, 'SELL', price), type: 'STOP_MARKET', closePosition: true } as const;
      if (this.apply({ type: 'place-condition', actor: { userId }, condition }).reply.ok) placed++;
    }
    return placed;
  }

  #condition(holder: Holder, type: ConditionType): NewCondition {
    const { symbol, closes, quantity } = holder;
    const distance = Math.floor((MID * this.#random.integer(50, 800)) / 10_000);
    const isTakeProfit = type === 'TAKE_PROFIT_MARKET' || type === 'TAKE_PROFIT_LIMIT';
    const above = (closes === 'SELL') === isTakeProfit;
    const stopPrice = above ? MID + distance : MID - distance;
    const condition = {
      ...conditionAt(symbol, closes, stopPrice),
      type,
      quantity,
      reduceOnly: true,
      workingType: this.#random.chance(3, 4) ? 'MARK_PRICE' : 'CONTRACT_PRICE',
    } as const;
    if (type === 'TRAILING_STOP') {
      const activates = closes === 'SELL' ? MID + distance : MID - distance;
      return {
        ...condition,
        stopPrice: priceTicks(0),
        callbackRate: this.#random.integer(5, 100),
        activatePrice: priceTicks(this.#random.chance(1, 2) ? activates : 0),
      };
    }
    const limit = type === 'STOP_LIMIT' || type === 'TAKE_PROFIT_LIMIT';
    const margin = closes === 'SELL' ? -HALF_SPREAD * 3 : HALF_SPREAD * 3;
    return limit ? { ...condition, price: priceTicks(stopPrice + margin) } : condition;
  }

  /** A long and a short of one size that trade with each other, each with what its leverage asks for. */
  #openPair(symbol: string): void {
    const quantity = quantitySteps(this.#random.integer(1, MAX_QUANTITY));
    const price = this.core.exchange.symbol(symbol)?.mark as PriceTicks;
    for (const side of ['BUY', 'SELL'] as const) {
      const leverage = this.#random.pick(LEVERAGES);
      const isolated = this.#random.chance(1, 2);
      // A tenth more than the initial margin leaves room for the fee and for the tick after.
      const value = (BigInt(price) * BigInt(quantity) * ONE) / 10_000n;
      const wallet = (((value / BigInt(leverage)) * 11n) / 10n) as Money;
      const userId = this.#user(wallet);
      const actor = { userId };
      if (isolated) this.#accepted({ type: 'set-margin-mode', actor, symbol, marginMode: 'ISOLATED' });
      this.#accepted({ type: 'set-leverage', actor, symbol, leverage });
      this.#accepted({ type: 'place-order', actor, order: { symbol, ...LIMIT, side, price, quantity } });
      this.holders.push({ userId, symbol, closes: side === 'BUY' ? 'SELL' : 'BUY', quantity });
    }
  }

  /** Prices swing twice over the time in which all positions are opened, each symbol's at its own place. */
  #entryPrice(progress: number): void {
    const swing = (MID * ENTRY_SPREAD) / 1_000;
    this.tick(SYMBOLS.map((_, i) => Math.round(MID + swing * Math.sin(4 * Math.PI * progress + i))));
  }

  #user(funds: Money): number {
    const index = this.#users++;
    const reply = this.#accepted({
      type: 'create-user',
      username: `tick-${index}`,
      externalUserId: String(1_000_000_000 + index),
      passwordHash: '',
      kind: 'trader',
    });
    const { userId } = reply as Extract<Reply, { kind: 'user' }>;
    this.#accepted({ type: 'adjust-wallet', userId, amount: funds, changeType: 'TRANSFER_IN' });
    return userId;
  }

  #accepted(command: Command): Reply {
    const { reply } = this.apply(command);
    if (!reply.ok) throw new Error(`${command.type} was refused: ${reply.reason} ${JSON.stringify(reply.details)}`);
    return reply;
  }
}

const LIMIT = { positionSide: 'BOTH', type: 'LIMIT', timeInForce: 'GTC' } as const;

const conditionAt = (symbol: string, side: Side, stopPrice: number) =>
  ({
    symbol,
    side,
    positionSide: 'BOTH',
    price: priceTicks(0),
    quantity: quantitySteps(0),
    stopPrice: priceTicks(stopPrice),
    workingType: 'MARK_PRICE',
    timeInForce: 'GTC',
  }) as const;

/** Tick 0.1, step 0.001; tiers with room for the makers. */
function parametersOf(symbol: string): SymbolParameters {
  const base = testSymbol({ symbol, baseAsset: symbol.slice(0, 3) });
  const last = base.tiers[base.tiers.length - 1];
  if (last === undefined) throw new Error('the test symbol has no tiers');
  return { ...base, tiers: [...base.tiers.slice(0, -1), { ...last, cap: MAKER_FUNDS }] };
}
