import type { Money, PriceTicks, QuantitySteps } from '@openvenue/money';
import type { Command, NewOrder } from '../command.ts';
import type { Core } from '../core.ts';
import type { SymbolParameters } from '../exchange/symbols/symbol-parameters.ts';
import type { SeededRandom } from './random.ts';
import { randomConditionCommand, randomExit } from './random-conditions.ts';

export interface RandomTraders {
  readonly userIds: readonly number[];
  /** Symbols with the price, in ticks, around which orders are placed. */
  readonly centers: ReadonlyMap<string, number>;
  /** How far from the center prices may be, in ticks; small means many crossings. */
  readonly spreadTicks: number;
}

/**
 * The next command of a busy, adversarial market: every kind of order and flag, batches, amends and cancels of known and unknown
 * orders, hedge legs beside one-way positions, isolated margin beside cross, condition orders, strategies, leverage changes,
 * prices that move. Chosen from the state and the random stream alone.
 */
export function randomCommand(core: Core, random: SeededRandom, traders: RandomTraders): Command {
  const actor = { userId: random.pick(traders.userIds) };
  const symbol = random.pick([...traders.centers.keys()]);
  const place = {
    symbol,
    center: traders.centers.get(symbol) as number,
    spreadTicks: traders.spreadTicks,
    hedges: hedges(actor.userId) !== random.chance(1, 25),
  };
  const order = (): NewOrder => {
    const plain = randomOrder(random, place);
    if (!random.chance(1, 8)) return plain;
    const at = { ...place, userId: actor.userId };
    return {
      ...plain,
      ...(random.chance(2, 3) ? { takeProfit: randomExit(random, at, plain.side === 'BUY') } : {}),
      ...(random.chance(2, 3) ? { stopLoss: randomExit(random, at, plain.side === 'SELL') } : {}),
    };
  };
  const reference = () => {
    const open = core.exchange.openOrders(actor.userId, symbol);
    const orderId = open.length > 0 && random.chance(9, 10) ? random.pick(open).orderId : random.integer(1, 100_000);
    return { symbol, orderId };
  };
  const amendment = () => {
    const target = reference();
    return {
      ...target,
      ...(random.chance(2, 3) ? { price: nearby(random, traders, symbol) } : {}),
      ...(random.chance(2, 3) ? { quantity: random.integer(1, 60) as QuantitySteps } : {}),
    };
  };
  const parameters = random.chance(1, 400) ? core.exchange.symbol(symbol)?.parameters : undefined;
  if (parameters !== undefined) return statusCommand(random, parameters);
  if (random.chance(1, 5)) return randomConditionCommand(core, random, { ...place, userId: actor.userId });
  const dice = random.integer(0, 99);
  if (dice < 52) return { type: 'place-order', actor, order: order() };
  if (dice < 56) return { type: 'place-orders', actor, orders: Array.from({ length: random.integer(1, 5) }, order) };
  if (dice < 71) return { type: 'cancel-order', actor, order: reference() };
  if (dice < 72) {
    const twice = reference();
    return { type: 'cancel-orders', actor, orders: [twice, twice] };
  }
  if (dice < 88) return { type: 'amend-order', actor, amendment: amendment() };
  if (dice < 90)
    return { type: 'amend-orders', actor, amendments: Array.from({ length: random.integer(1, 4) }, amendment) };
  if (dice < 91) return { type: 'cancel-all-orders', actor, ...(random.chance(1, 2) ? { symbol } : {}) };
  if (dice < 92) return { type: 'set-leverage', actor, symbol, leverage: random.integer(1, 100) };
  if (dice < 93) return marginCommand(core, random, { userId: actor.userId, symbol });
  if (dice < 95) {
    const { available } = core.exchange.account(actor.userId);
    const leaves = available > 0n && random.chance(2, 3);
    return leaves
      ? { type: 'adjust-wallet', userId: actor.userId, amount: -available as Money, changeType: 'TRANSFER_OUT' }
      : {
          type: 'adjust-wallet',
          userId: actor.userId,
          amount: (BigInt(random.integer(1, 5_000_000)) * 100_000n) as Money,
          changeType: 'TRANSFER_IN',
        };
  }
  const symbols = [...traders.centers].map(([name, center]) => ({
    symbol: name,
    quotes: [
      {
        source: 'random',
        price: (center + random.integer(-traders.spreadTicks, traders.spreadTicks)) as PriceTicks,
        ageMs: 0,
        weight: 1,
      },
    ],
  }));
  return { type: 'update-prices', symbols };
}

/** Users with these ids trade hedge legs, the others one-way, but for an order now and then. */
export const hedges = (userId: number): boolean => userId % 3 === 2;

/** Another state of a symbol, from the next price command on (SYM-4); mostly it trades again. */
function statusCommand(random: SeededRandom, parameters: SymbolParameters): Command {
  const status = random.pick(['TRADING', 'TRADING', 'TRADING', 'REDUCE_ONLY', 'CANCEL_ONLY', 'HALTED'] as const);
  return { type: 'configure-symbol', parameters: { ...parameters, status } };
}

/** A change of the margin mode, which only who has nothing open gets, or of an isolated position's margin. */
function marginCommand(
  core: Core,
  random: SeededRandom,
  { userId, symbol }: { readonly userId: number; readonly symbol: string },
): Command {
  const actor = { userId };
  const [position] = core.exchange.positions(userId, symbol);
  if (position === undefined || random.chance(1, 4))
    return {
      type: 'set-margin-mode',
      actor,
      symbol,
      marginMode: random.pick(['CROSS', 'ISOLATED', 'ISOLATED'] as const),
    };
  const most = random.chance(1, 2) ? core.exchange.account(userId).available : -position.margin;
  return {
    type: 'adjust-isolated-margin',
    actor,
    symbol,
    positionSide: position.positionSide,
    amount: (most / BigInt(random.integer(1, 20))) as Money,
  };
}

function nearby(random: SeededRandom, traders: RandomTraders, symbol: string): PriceTicks {
  return ((traders.centers.get(symbol) as number) +
    random.integer(-traders.spreadTicks, traders.spreadTicks)) as PriceTicks;
}

function randomOrder(
  random: SeededRandom,
  at: { readonly symbol: string; readonly center: number; readonly spreadTicks: number; readonly hedges: boolean },
): NewOrder {
  const type = random.chance(1, 6) ? 'MARKET' : 'LIMIT';
  const closePosition = random.chance(1, 40);
  const timeInForce = random.chance(2, 3) ? 'GTC' : random.pick(['IOC', 'FOK'] as const);
  const makerOnly = type === 'LIMIT' && timeInForce === 'GTC' && random.chance(1, 6);
  return {
    symbol: at.symbol,
    type,
    side: random.pick(['BUY', 'SELL'] as const),
    positionSide: at.hedges ? random.pick(['LONG', 'SHORT'] as const) : 'BOTH',
    price: (type === 'MARKET' ? 0 : at.center + random.integer(-at.spreadTicks, at.spreadTicks)) as PriceTicks,
    quantity: (closePosition
      ? 0
      : random.chance(1, 60)
        ? random.integer(500, 3_000)
        : random.integer(1, 40)) as QuantitySteps,
    timeInForce: type === 'MARKET' && timeInForce === 'GTC' ? 'IOC' : timeInForce,
    selfTradePrevention: random.pick(['CANCEL_MAKER', 'CANCEL_TAKER', 'CANCEL_BOTH'] as const),
    ...(closePosition ? { closePosition } : random.chance(1, 5) ? { reduceOnly: true } : {}),
    ...(makerOnly ? { makerOnly } : {}),
    ...(type === 'LIMIT' && random.chance(1, 12) ? { priceType: random.pick([1, 2, 3, 4] as const) } : {}),
    ...(random.chance(1, 4) ? { clientOrderId: `c${random.integer(1, 5_000)}` } : {}),
  };
}
