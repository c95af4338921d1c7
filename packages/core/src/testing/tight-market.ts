import { type Money, ONE, type PriceTicks, parseDecimal } from '@openvenue/money';
import type { Command } from '../command.ts';
import { Core } from '../core.ts';
import type { SeededRandom } from './random.ts';
import { type RandomTraders, randomCommand } from './random-commands.ts';
import { BTC, ETH } from './symbols.ts';

const WALLETS = ['1000000', '1', '0.6', '0.8', '0.5', '1.2'];
const CENTER = 6_000;

/**
 * A market of highly leveraged traders with little money: prices move by a percent and more, so margins fail often, on both
 * sides of a match.
 */
export function tightMarket(core = new Core()): { readonly core: Core; readonly traders: RandomTraders } {
  const run = (command: Command): void => {
    const { reply } = core.apply(core.sequence + 1, 1_000, command);
    if (!reply.ok) throw new Error(`${command.type} was refused: ${reply.reason}`);
  };
  const symbols = [BTC, ETH].map((parameters) => ({ ...parameters, minNotional: 0n as Money }));
  for (const parameters of symbols) run({ type: 'configure-symbol', parameters });
  const quotes = [{ source: 's', price: CENTER as PriceTicks, ageMs: 0, weight: 1 }];
  run({ type: 'update-prices', symbols: symbols.map(({ symbol }) => ({ symbol, quotes })) });
  const userIds = WALLETS.map((wallet, n) => {
    const userId = n + 1;
    run({
      type: 'create-user',
      username: `trader-${userId}`,
      externalUserId: String(1_000_000_000 + userId),
      passwordHash: '',
      kind: 'trader',
    });
    run({ type: 'adjust-wallet', userId, amount: parseDecimal(wallet) as Money, changeType: 'TRANSFER_IN' });
    if (userId % 3 === 0)
      run({ type: 'set-margin-mode', actor: { userId }, symbol: 'BTCUSDT', marginMode: 'ISOLATED' });
    for (const { symbol } of symbols) run({ type: 'set-leverage', actor: { userId }, symbol, leverage: 100 });
    return userId;
  });
  return {
    core,
    traders: { userIds, centers: new Map(symbols.map(({ symbol }) => [symbol, CENTER])), spreadTicks: 80 },
  };
}

/** A random command among many that move the price, take out all that is free, or bring in at most half a USDT. */
export function tightCommand(core: Core, random: SeededRandom, traders: RandomTraders): Command {
  const userId = random.pick(traders.userIds);
  const { available } = core.exchange.account(userId);
  if (random.chance(1, 12)) return priceCommand(random, traders);
  if (random.chance(1, 10) && available > 0n)
    return { type: 'adjust-wallet', userId, amount: -available as Money, changeType: 'TRANSFER_OUT' };
  if (random.chance(1, 7)) {
    const amount = BigInt(random.integer(1, Number(ONE) / 2)) as Money;
    return { type: 'adjust-wallet', userId, amount, changeType: 'TRANSFER_IN' };
  }
  const command = randomCommand(core, random, traders);
  return command.type === 'adjust-wallet' ? priceCommand(random, traders) : command;
}

function priceCommand(random: SeededRandom, { centers, spreadTicks }: RandomTraders): Command {
  const symbols = [...centers].map(([symbol, center]) => {
    const price = (center + random.integer(-spreadTicks, spreadTicks)) as PriceTicks;
    return { symbol, quotes: [{ source: 's', price, ageMs: 0, weight: 1 }] };
  });
  return { type: 'update-prices', symbols };
}
