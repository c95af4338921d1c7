import { type Money, ONE, type PriceTicks, type QuantitySteps } from '@openvenue/money';
import type { Command } from '../../../command.ts';
import type { Core } from '../../../core.ts';
import type { PositionSide, Side } from '../../../exchange/enums.ts';
import { bothLegs } from '../../crash-market.ts';
import type { SeededRandom } from '../../random.ts';
import { hedges, randomCommand } from '../../random-commands.ts';
import { tightCommand } from '../../tight-market.ts';
import { DAY_MS, MARKET_TERMS, type MarketKind, usdt } from './market-terms.ts';
import { AGENTS, RandomAgents, USERS_PER_AGENT } from './random-agents.ts';
import { RandomPrices } from './random-prices.ts';
import { RandomSymbols } from './random-symbols.ts';

/** A command with the time it is stamped with. */
export interface Timed {
  readonly timeMs: number;
  readonly command: Command;
}

const START_MS = 1_772_000_000_000;
const HOUR_MS = 3_600_000;
const PLAIN_USERS = 8;
/** How many commands lie between two looks for symbols that have ended. */
const ENDED_EVERY = 50;

/**
 * A whole venue's life, drawn from a seed: all that traders do (see `randomCommand`), and around them funding times and days that
 * pass, prices that gap and crash, sources that fail, new parameters and states, symbols that come and go, an insurance fund that is
 * filled and emptied, agents and their transfers.
 */
export class RandomMarket {
  readonly kind: MarketKind;
  timeMs = START_MS;
  readonly #random: SeededRandom;
  readonly #prices: RandomPrices;
  readonly #symbols: RandomSymbols;
  readonly #agents: RandomAgents;
  readonly #userIds: number[] = [];
  /** Commands that follow each other. */
  readonly #waiting: Command[] = [];
  #drawn = 0;

  constructor(random: SeededRandom, kind: MarketKind) {
    this.#random = random;
    this.kind = kind;
    this.#prices = new RandomPrices(random, MARKET_TERMS[kind].spreadTicks);
    this.#symbols = new RandomSymbols({ random, kind, prices: this.#prices });
    this.#agents = new RandomAgents({ random, kind, levels: this.#symbols.levels });
  }

  /** The commands that open the venue. */
  opening(): Timed[] {
    const { wallets, leverages } = MARKET_TERMS[this.kind];
    const commands = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'].map((symbol) => this.#symbols.list(symbol));
    commands.push(this.#prices.severalSources());
    const users = PLAIN_USERS + AGENTS * USERS_PER_AGENT;
    for (let userId = 1; userId <= users; userId++) this.#userIds.push(userId);
    for (let n = 1; n <= PLAIN_USERS; n++) {
      const externalUserId = String(1_000_000_000 + n);
      commands.push({ type: 'create-user', username: `trader-${n}`, externalUserId, passwordHash: '', kind: 'trader' });
    }
    commands.push(...this.#agents.opening(this.timeMs));
    for (const userId of this.#userIds) {
      const wallet = Number(wallets[(userId - 1) % wallets.length]);
      commands.push({ type: 'adjust-wallet', userId, amount: usdt(wallet), changeType: 'TRANSFER_IN' });
      for (const symbol of this.#prices.centers.keys()) {
        const actor = { userId };
        if (userId % 2 === 0) commands.push({ type: 'set-margin-mode', actor, symbol, marginMode: 'ISOLATED' });
        const leverage = leverages[userId % leverages.length] ?? 10;
        commands.push({ type: 'set-leverage', actor, symbol, leverage });
      }
    }
    return commands.map((command) => ({ timeMs: this.timeMs, command }));
  }

  /** The next command, for the state that the core is in. */
  next(core: Core): Timed {
    const random = this.#random;
    this.timeMs += random.integer(0, 600);
    if (random.chance(1, 2_500)) this.timeMs += random.integer(0, 3 * HOUR_MS);
    if (random.chance(1, 2_500)) this.timeMs += random.integer(DAY_MS, 5 * DAY_MS);
    if (this.kind === 'wide' && this.#waiting.length === 0 && random.chance(1, 400))
      this.#waiting.push(...this.#block());
    if (++this.#drawn % ENDED_EVERY === 0) this.#symbols.forgetEnded(core);
    const command = this.#waiting.shift() ?? this.#operation(core) ?? this.#trade(core);
    return { timeMs: this.timeMs, command };
  }

  #trade(core: Core): Command {
    const random = this.#random;
    const { spreadTicks } = MARKET_TERMS[this.kind];
    const traders = { userIds: this.#userIds, centers: this.#prices.centers, spreadTicks };
    if (this.kind === 'wide') return randomCommand(core, random, traders);
    if (this.kind === 'tight') return tightCommand(core, random, traders);
    if (random.chance(1, 16)) return this.#prices.move();
    if (random.chance(1, 12)) return this.#payIn(random.pick(this.#userIds));
    if (random.chance(1, 12)) return bothLegs(random, { userIds: this.#userIds, symbol: this.#prices.pick() });
    const command = randomCommand(core, random, traders);
    return command.type === 'update-prices' ? this.#prices.singleSource() : command;
  }

  #payIn(userId: number): Command {
    const amount = usdt(this.#random.integer(1, 5_000_000) / 1_000_000);
    return { type: 'adjust-wallet', userId, amount, changeType: 'TRANSFER_IN' };
  }

  /** Two users with money meet at the center with what reaches the higher tiers. */
  #block(): Command[] {
    const random = this.#random;
    const symbol = this.#prices.pick();
    const price = this.#prices.centers.get(symbol) as PriceTicks;
    const quantity = random.integer(2_000, 30_000) as QuantitySteps;
    return (['BUY', 'SELL'] as const).flatMap((side): Command[] => {
      const userId = random.pick(this.#userIds);
      const positionSide = sideFor(userId, side);
      return [
        { type: 'adjust-wallet', userId, amount: usdt(200_000), changeType: 'TRANSFER_IN' },
        {
          type: 'place-order',
          actor: { userId },
          order: { symbol, type: 'LIMIT', side, positionSide, price, quantity, timeInForce: 'GTC' },
        },
      ];
    });
  }

  /** What the venue, its operator or an agent does now and then. */
  #operation(core: Core): Command | undefined {
    const random = this.#random;
    if (random.chance(1, 40)) {
      const userId = random.pick(this.#userIds);
      const { available } = core.exchange.account(userId);
      // Who has lost everything comes back with about as much as he needs.
      const amount = ((-available * BigInt(random.integer(1, 200))) / 100n) as Money;
      if (amount > 0n) return { type: 'adjust-wallet', userId, amount, changeType: 'TRANSFER_IN' };
    }
    const dice = random.integer(0, 9_999);
    if (dice < 60) return this.#prices.gap();
    if (dice < 160) return this.#prices.severalSources();
    if (dice < 270) return this.#agents.transfer(this.timeMs);
    if (dice < 290) return this.#adjust();
    if (dice < 310) return this.#symbols.reconfigure(this.timeMs);
    if (dice < 315) return this.#agents.schedule();
    if (dice < 327) {
      const listing = dice < 321 ? this.#symbols.listLater() : undefined;
      if (listing !== undefined) return listing;
      const [delisting, ...following] = this.#symbols.delist(this.timeMs);
      this.#waiting.push(...following);
      if (delisting !== undefined) return delisting;
    }
    if (dice < 377) return this.#fund();
    return dice < 437 ? this.#symbols.tradeAgain(core) : undefined;
  }

  #adjust(): Command {
    const amount = (BigInt(this.#random.integer(-1_000_000, 2_000_000)) *
      (this.kind === 'wide' ? 10_000n : 1n)) as Money;
    return { type: 'adjust-wallet', userId: this.#random.pick(this.#userIds), amount, changeType: 'ADJUSTMENT' };
  }

  /** Fills the insurance fund, or asks for what may be too much. */
  #fund(): Command {
    const most = this.kind === 'wide' ? 100_000 : 25;
    const amount = BigInt(this.#random.integer(-most, most)) * ONE - BigInt(this.#random.integer(0, 100));
    return { type: 'adjust-insurance-fund', amount: amount as Money };
  }
}

/** The leg that an order of a user opens; who trades hedge legs is as in `randomCommand`. */
const sideFor = (userId: number, side: Side): PositionSide =>
  hedges(userId) ? (side === 'BUY' ? 'LONG' : 'SHORT') : 'BOTH';
