import { type Money, ONE, type PriceTicks, parseDecimal, type QuantitySteps } from '@openvenue/money';
import type { Command, NewOrder } from '../command.ts';
import { Core } from '../core.ts';
import type { OrderBook } from '../exchange/book/order-book.ts';
import type { SymbolParameters } from '../exchange/symbols/symbol-parameters.ts';
import type { SeededRandom } from './random.ts';
import { type RandomTraders, randomCommand } from './random-commands.ts';
import { BTC, ETH } from './symbols.ts';

const WALLETS = ['1000000', '20', '6', '8', '3', '1.2', '12', '0.5', '30', '2', '5', '40'];
const START = 6_000;
const usdt = (text: string): Money => parseDecimal(text) as Money;

/** Small tiers, so that small positions reach the higher ones. */
const CAPS = ['0', '10', '40', '150', '100000'];
const SYMBOLS: readonly SymbolParameters[] = [BTC, ETH].map((parameters) => ({
  ...parameters,
  minNotional: 0n as Money,
  tiers: BTC.tiers.map((tier, k) => ({ ...tier, floor: usdt(CAPS[k] ?? ''), cap: usdt(CAPS[k + 1] ?? '') })),
}));

export interface CrashMarket {
  readonly core: Core;
  readonly traders: RandomTraders & { readonly centers: Map<string, number> };
}

/** A market of highly leveraged traders whose prices wander and now and then fall or jump by a tenth. */
export function crashMarket(createBook?: () => OrderBook): CrashMarket {
  const core = new Core(createBook);
  const run = (command: Command): void => {
    const { reply } = core.apply(core.sequence + 1, 1_000, command);
    if (!reply.ok) throw new Error(`${command.type} was refused: ${reply.reason}`);
  };
  for (const parameters of SYMBOLS) run({ type: 'configure-symbol', parameters });
  const centers = new Map(SYMBOLS.map(({ symbol }) => [symbol, START]));
  run(priceCommand(centers));
  const userIds = WALLETS.map((wallet, n) => {
    const userId = n + 1;
    run({
      type: 'create-user',
      username: `trader-${userId}`,
      externalUserId: String(1_000_000_000 + userId),
      passwordHash: '',
      kind: 'trader',
    });
    run({ type: 'adjust-wallet', userId, amount: usdt(wallet), changeType: 'TRANSFER_IN' });
    for (const { symbol } of SYMBOLS) {
      if (userId % 4 === 0 || (userId % 3 === 0 && symbol === BTC.symbol))
        run({ type: 'set-margin-mode', actor: { userId }, symbol, marginMode: 'ISOLATED' });
      run({ type: 'set-leverage', actor: { userId }, symbol, leverage: [100, 50, 20, 100, 50][userId % 5] ?? 10 });
    }
    return userId;
  });
  return { core, traders: { userIds, centers, spreadTicks: 60 } };
}

/** A random command among many price commands, and a few that move the fund's money or a symbol's state. */
export function crashCommand({ core, traders }: CrashMarket, random: SeededRandom): Command {
  const { centers, userIds } = traders;
  if (random.chance(1, 8)) {
    for (const [symbol, center] of centers) centers.set(symbol, moved(center, random));
    return priceCommand(centers, random.chance(1, 10) ? random.pick([...centers.keys()]) : undefined);
  }
  if (random.chance(1, 150))
    return { type: 'adjust-insurance-fund', amount: (BigInt(random.integer(-20, 25)) * ONE) as Money };
  if (random.chance(1, 150)) {
    const parameters = random.pick(SYMBOLS);
    const status = random.pick(['TRADING', 'TRADING', 'REDUCE_ONLY', 'CANCEL_ONLY', 'HALTED'] as const);
    const cap = random.chance(1, 3) ? { fundCap: usdt('30') } : {};
    return { type: 'configure-symbol', parameters: { ...parameters, ...cap, status } };
  }
  if (random.chance(1, 12)) {
    const userId = random.pick(userIds);
    const amount = BigInt(random.integer(1, 5 * Number(ONE))) as Money;
    return { type: 'adjust-wallet', userId, amount, changeType: 'TRANSFER_IN' };
  }
  if (random.chance(1, 12)) return bothLegs(random, { userIds, symbol: random.pick([...centers.keys()]) });
  const command = randomCommand(core, random, traders);
  return command.type === 'update-prices' ? priceCommand(centers) : command;
}

/** A trader of hedge legs opens both, so that there is something to set off. */
export function bothLegs(
  random: SeededRandom,
  { userIds, symbol }: { readonly userIds: readonly number[]; readonly symbol: string },
): Command {
  const userId = random.pick(userIds.filter((id) => id % 3 === 2));
  const leg = (side: 'BUY' | 'SELL', positionSide: 'LONG' | 'SHORT'): NewOrder => ({
    symbol,
    type: 'MARKET',
    side,
    positionSide,
    price: 0 as PriceTicks,
    quantity: random.integer(1, 30) as QuantitySteps,
    timeInForce: 'IOC',
  });
  return { type: 'place-orders', actor: { userId }, orders: [leg('BUY', 'LONG'), leg('SELL', 'SHORT')] };
}

/** Mostly by less than a percent; one time in twelve by up to a tenth, and never away for good. */
function moved(center: number, random: SeededRandom): number {
  const most = random.chance(1, 8) ? 500 : 40;
  const next = center + random.integer(-most, most);
  return Math.min(9_000, Math.max(4_000, next));
}

/** Prices of all symbols but one that has lost its sources. */
function priceCommand(centers: ReadonlyMap<string, number>, silent?: string): Command {
  const symbols = [...centers].map(([symbol, center]) => ({
    symbol,
    quotes: symbol === silent ? [] : [{ source: 's', price: center as PriceTicks, ageMs: 0, weight: 1 }],
  }));
  return { type: 'update-prices', symbols };
}
