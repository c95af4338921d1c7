import { type Money, ONE, type PriceTicks, type QuantitySteps, type Rate } from '@openvenue/money';
import type { AgentAuth } from '../../agency/command.ts';
import type { WalletDirection } from '../../agency/wallet-transfer-order.ts';
import type { Command, SourceQuote } from '../../command.ts';
import type { Core } from '../../core.ts';
import type { PositionSide, Side } from '../../exchange/enums.ts';
import type { FeeLevel, SymbolParameters } from '../../exchange/symbol-parameters.ts';
import { bothLegs } from '../crash-market.ts';
import type { SeededRandom } from '../random.ts';
import { hedges, randomCommand } from '../random-commands.ts';
import { BTC } from '../symbols.ts';
import { tightCommand } from '../tight-market.ts';

/** A command with the time it is stamped with. */
export interface Timed {
  readonly timeMs: number;
  readonly command: Command;
}

/**
 * `wide`: rich traders close to a price of 60,000. `tight`: poor ones at the highest leverage, and prices that move by a percent.
 * `crash`: more of these, with small tiers and a small insurance fund, and prices that now and then fall or jump by a tenth.
 */
export type MarketKind = 'wide' | 'tight' | 'crash';
export const MARKET_KINDS: readonly MarketKind[] = ['wide', 'tight', 'crash'];

const START_MS = 1_772_000_000_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PLAIN_USERS = 8;
const AGENTS = 2;
const USERS_PER_AGENT = 2;
const MOST_SYMBOLS = 5;
/** Symbols that come later in a venue's life: what has ended stays in the state, and would slow the run down more and more. */
const MOST_LISTINGS = 6;
/** How many commands lie between two looks for symbols that have ended. */
const ENDED_EVERY = 50;

interface Terms {
  /** Price around which it all happens, in ticks. */
  readonly center: number;
  readonly spreadTicks: number;
  readonly wallets: readonly string[];
  readonly leverages: readonly number[];
  /** Upper ends of the tiers, in USDT. */
  readonly caps: readonly number[];
  /** Volumes at which fee levels begin, in USDT. */
  readonly volumes: readonly number[];
}

const KINDS: Readonly<Record<MarketKind, Terms>> = {
  wide: {
    center: 600_000,
    spreadTicks: 150,
    wallets: ['2000000', '2000000', '2000000', '400'],
    leverages: [10],
    caps: [50_000, 250_000, 1_000_000, 10_000_000],
    volumes: [0, 100_000, 1_000_000, 5_000_000],
  },
  tight: {
    center: 6_000,
    spreadTicks: 80,
    wallets: ['1000000', '1', '0.6', '0.8', '0.5', '1.2'],
    leverages: [100],
    caps: [50_000, 250_000, 1_000_000, 10_000_000],
    volumes: [0, 100, 1_000, 5_000],
  },
  crash: {
    center: 6_000,
    spreadTicks: 60,
    wallets: ['1000000', '20', '6', '8', '3', '1.2', '12', '0.5', '30', '2', '5', '40'],
    leverages: [100, 50, 20, 100, 50],
    caps: [10, 40, 150, 100_000],
    volumes: [0, 300, 3_000, 20_000],
  },
};

const usdt = (amount: number): Money => (BigInt(Math.round(amount * 1_000_000)) * 100n) as Money;
const rate = (percent: number): Rate => Math.round(percent * 1_000_000) as Rate;

/** Rates of the levels that a busy user climbs in a run; the makers of the highest get a rebate. */
const LEVEL_RATES = [
  { maker: rate(0.02), taker: rate(0.05) },
  { maker: rate(0.01), taker: rate(0.0333) },
  { maker: rate(0), taker: rate(0.03) },
  { maker: rate(-0.00333), taker: rate(0.02501) },
];

/**
 * A whole venue's life, drawn from a seed: all that traders do (see `randomCommand`), and around them funding times and days that
 * pass, prices that gap and crash, sources that fail, new parameters and states, symbols that come and go, an insurance fund that is
 * filled and emptied, agents and their transfers.
 */
export class RandomMarket {
  readonly kind: MarketKind;
  timeMs = START_MS;
  readonly #random: SeededRandom;
  readonly #terms: Terms;
  readonly #levels: readonly FeeLevel[];
  readonly #centers = new Map<string, number>();
  readonly #homes = new Map<string, number>();
  readonly #userIds: number[] = [];
  readonly #parameters = new Map<string, SymbolParameters>();
  /** Commands that follow each other. */
  readonly #waiting: Command[] = [];
  #drawn = 0;
  #listings = 0;
  #nonces = 0;
  #orderNos = 0;

  constructor(random: SeededRandom, kind: MarketKind) {
    this.#random = random;
    this.kind = kind;
    this.#terms = KINDS[kind];
    this.#levels = LEVEL_RATES.map((rates, k) => ({ minVolume30d: usdt(this.#terms.volumes[k] ?? 0), ...rates }));
  }

  /** The commands that open the venue. */
  opening(): Timed[] {
    const { center, wallets, leverages } = this.#terms;
    const commands: Command[] = [];
    for (const symbol of ['BTCUSDT', 'ETHUSDT', 'SOLUSDT']) commands.push(this.#list(symbol, center));
    commands.push(this.#prices());
    const users = PLAIN_USERS + AGENTS * USERS_PER_AGENT;
    for (let userId = 1; userId <= users; userId++) this.#userIds.push(userId);
    for (let n = 1; n <= PLAIN_USERS; n++)
      commands.push({ type: 'create-user', username: `trader-${n}`, ...external(n), passwordHash: '', kind: 'trader' });
    for (let agentId = 1; agentId <= AGENTS; agentId++) {
      commands.push({
        type: 'create-agent',
        agentCode: `A${agentId}`,
        publicNumber: String(5_000_000_000 + agentId),
        name: `Agent ${agentId}`,
        webhookUrl: '',
        sealedSecrets: ['sealed'],
        origins: [],
        depositless: agentId === 2,
      });
      commands.push({ type: 'adjust-agent-deposit', agentId, amount: usdt(5_000_000) });
      for (let n = 1; n <= USERS_PER_AGENT; n++)
        commands.push({
          type: 'bind-user',
          agentAuth: this.#auth(agentId),
          agentUserId: `u${n}`,
          ...external(100 * agentId + n),
        });
      commands.push(this.#schedule(agentId));
    }
    for (const userId of this.#userIds) {
      const wallet = Number(wallets[(userId - 1) % wallets.length]);
      commands.push({ type: 'adjust-wallet', userId, amount: usdt(wallet), changeType: 'TRANSFER_IN' });
      for (const symbol of this.#centers.keys()) {
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
    if (++this.#drawn % ENDED_EVERY === 0) this.#forgetEnded(core);
    const command = this.#waiting.shift() ?? this.#operation(core) ?? this.#trade(core);
    return { timeMs: this.timeMs, command };
  }

  #trade(core: Core): Command {
    const random = this.#random;
    const traders = { userIds: this.#userIds, centers: this.#centers, spreadTicks: this.#terms.spreadTicks };
    if (this.kind === 'wide') return randomCommand(core, random, traders);
    if (this.kind === 'tight') return tightCommand(core, random, traders);
    if (random.chance(1, 16)) return this.#move();
    if (random.chance(1, 12)) return this.#payIn(random.pick(this.#userIds));
    if (random.chance(1, 12))
      return bothLegs(random, { userIds: this.#userIds, symbol: random.pick([...this.#centers.keys()]) });
    const command = randomCommand(core, random, traders);
    return command.type === 'update-prices' ? this.#quotes() : command;
  }

  /** Mostly by less than a percent; one time in eight by up to a tenth, and never away for good. */
  #move(): Command {
    const random = this.#random;
    for (const [symbol, center] of this.#centers) {
      const home = this.#homes.get(symbol) ?? center;
      const most = random.chance(1, 8) ? Math.floor(home / 12) : Math.floor(home / 150);
      const next = center + random.integer(-most, most);
      this.#centers.set(symbol, Math.min(Math.floor(1.5 * home), Math.max(Math.floor(0.67 * home), next)));
    }
    return this.#quotes();
  }

  /** One source for each symbol, but for one that now and then has lost it. */
  #quotes(): Command {
    const random = this.#random;
    const silent = random.chance(1, 10) ? random.pick([...this.#centers.keys()]) : undefined;
    const symbols = [...this.#centers].map(([symbol, center]) => ({
      symbol,
      quotes: symbol === silent ? [] : [{ source: 's', price: center as PriceTicks, ageMs: 0, weight: 1 }],
    }));
    return { type: 'update-prices', symbols };
  }

  #payIn(userId: number): Command {
    const amount = usdt(this.#random.integer(1, 5_000_000) / 1_000_000);
    return { type: 'adjust-wallet', userId, amount, changeType: 'TRANSFER_IN' };
  }

  /** Two users with money meet at the center with what reaches the higher tiers. */
  #block(): Command[] {
    const random = this.#random;
    const symbol = random.pick([...this.#centers.keys()]);
    const price = this.#centers.get(symbol) as PriceTicks;
    const quantity = random.integer(2_000, 30_000) as QuantitySteps;
    return (['BUY', 'SELL'] as const).flatMap((side): Command[] => {
      const userId = random.pick(this.#userIds);
      return [
        { type: 'adjust-wallet', userId, amount: usdt(200_000), changeType: 'TRANSFER_IN' },
        {
          type: 'place-order',
          actor: { userId },
          order: {
            symbol,
            type: 'LIMIT',
            side,
            positionSide: sideFor(userId, side),
            price,
            quantity,
            timeInForce: 'GTC',
          },
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
    if (dice < 60) return this.#gap();
    if (dice < 160) return this.#prices();
    if (dice < 270) return this.#agents();
    if (dice < 290) {
      const amount = BigInt(random.integer(-1_000_000, 2_000_000)) * (this.kind === 'wide' ? 10_000n : 1n);
      return {
        type: 'adjust-wallet',
        userId: random.pick(this.#userIds),
        amount: amount as Money,
        changeType: 'ADJUSTMENT',
      };
    }
    if (dice < 310) return this.#reconfigure();
    if (dice < 315) return this.#schedule(random.integer(1, AGENTS));
    if (dice < 321 && this.#centers.size < MOST_SYMBOLS && this.#listings < MOST_LISTINGS) {
      this.#listings++;
      return this.#list(`C${this.#listings}USDT`, this.#terms.center);
    }
    if (dice < 327) {
      const symbol = random.pick([...this.#centers.keys()]);
      const atMs = this.timeMs + DAY_MS + random.integer(-1_000, 2 * HOUR_MS);
      if (ends(symbol)) {
        // Nobody is liquidated where nothing trades, so the settlement finds who has long been bankrupt.
        const before = this.#parameters.get(symbol);
        if (this.kind === 'crash' && before !== undefined && random.chance(1, 2))
          this.#waiting.push(this.#configure({ ...before, status: 'HALTED' }, DAY_MS / 2));
        return { type: 'delist-symbol', symbol, atMs };
      }
    }
    if (dice < 377) return this.#fund();
    return dice < 437 ? this.#tradeAgain(core) : undefined;
  }

  /** Fills the insurance fund, or asks for what may be too much. */
  #fund(): Command {
    const most = this.kind === 'wide' ? 100_000 : 25;
    const amount = BigInt(this.#random.integer(-most, most)) * ONE - BigInt(this.#random.integer(0, 100));
    return { type: 'adjust-insurance-fund', amount: amount as Money };
  }

  /** A symbol that does not trade begins again, unless it is about to end. */
  #tradeAgain(core: Core): Command | undefined {
    const restricted = core.exchange
      .symbols()
      .find(({ parameters, delistingAtMs }) => parameters.status !== 'TRADING' && delistingAtMs === 0);
    if (restricted === undefined) return undefined;
    return this.#configure({ ...restricted.parameters, status: 'TRADING' });
  }

  #forgetEnded(core: Core): void {
    for (const { parameters, delistingAtMs } of core.exchange.symbols())
      if (delistingAtMs !== 0 && delistingAtMs <= core.timeMs) this.#centers.delete(parameters.symbol);
  }

  #list(symbol: string, center: number): Command {
    this.#centers.set(symbol, center);
    this.#homes.set(symbol, center);
    return this.#configure({
      ...BTC,
      symbol,
      baseAsset: symbol.replace('USDT', ''),
      minNotional: (this.kind === 'wide' ? BTC.minNotional : 0n) as Money,
      tiers: this.#tiers(0),
      feeLevels: this.#levels,
      fundingIntervalHours: symbol === 'BTCUSDT' ? 8 : this.#random.pick([1, 2, 4] as const),
    });
  }

  #configure(parameters: SymbolParameters, delayMs = 0): Command {
    this.#parameters.set(parameters.symbol, parameters);
    const effectiveAtMs = this.timeMs + delayMs;
    return { type: 'configure-symbol', parameters, ...(delayMs === 0 ? {} : { effectiveAtMs }) };
  }

  #reconfigure(): Command {
    const random = this.#random;
    const symbol = random.pick([...this.#centers.keys()]);
    const before = this.#parameters.get(symbol) ?? BTC;
    const change = random.pick([
      { status: random.pick(['REDUCE_ONLY', 'CANCEL_ONLY', 'HALTED', 'TRADING'] as const) },
      { feeLevels: this.#levels.slice(0, random.integer(1, this.#levels.length)) },
      { tiers: this.#tiers(random.integer(0, 10)) },
      { fundingIntervalHours: random.pick([1, 2, 4, 8] as const) },
      { fundCap: usdt(random.integer(0, this.kind === 'wide' ? 100_000 : 60)) },
      { fundOfferDistance: rate(random.pick([0.1, 0.5, 0.777, 2])) },
      { liquidationFeeRate: rate(random.pick([0, 0.05, 0.1333, 0.2])) },
    ]);
    return this.#configure({ ...before, ...change }, random.pick([0, 0, 60_000]));
  }

  /** The tiers of the rule vectors between caps of this market, each a little stricter than the one below. */
  #tiers(stricter: number): SymbolParameters['tiers'] {
    const { caps } = this.#terms;
    return BTC.tiers.map((tier, k) => ({
      ...tier,
      floor: usdt(caps[k - 1] ?? 0),
      cap: usdt(caps[k] ?? 0),
      maintenanceMarginRate: (tier.maintenanceMarginRate + stricter * (k + 1) * 333) as Rate,
    }));
  }

  /** An agent's fees: its own levels or the symbols', and a markup. */
  #schedule(agentId: number): Command {
    const random = this.#random;
    const markup = { maker: rate(random.pick([0, 0.01, 0.00333])), taker: rate(random.pick([0, 0.01, 0.0077])) };
    return {
      type: 'set-fee-schedule',
      schedule: { agentId, levels: agentId === 1 ? this.#levels.slice(0, 3) : [], markup },
    };
  }

  /** All prices move, one of them far; they come back to where they began in the long run. */
  #gap(): Command {
    const random = this.#random;
    const far = random.pick([...this.#centers.keys()]);
    for (const [symbol, center] of this.#centers) {
      const home = this.#homes.get(symbol) ?? center;
      const step = Math.floor(center / (symbol === far ? 40 : 400));
      const back = Math.floor((home - center) / 20);
      this.#centers.set(symbol, center + back + random.integer(-step, step));
    }
    return this.#prices();
  }

  /** Several sources, some of them old, far off or silent. */
  #prices(): Command {
    const random = this.#random;
    const { spreadTicks } = this.#terms;
    const symbols = [...this.#centers].map(([symbol, center]) => {
      const count = random.pick([0, 1, 2, 3, 3, 4]);
      const quotes: SourceQuote[] = Array.from({ length: count }, (_, n) => ({
        source: `s${n}`,
        price: Math.max(
          1,
          center + random.integer(-spreadTicks, spreadTicks) + (random.chance(1, 12) ? Math.floor(center / 10) : 0),
        ) as PriceTicks,
        ageMs: random.chance(1, 8) ? 15_000 : random.integer(0, 9_000),
        weight: random.integer(1, 3),
      }));
      return { symbol, quotes };
    });
    return { type: 'update-prices', symbols };
  }

  #agents(): Command {
    const random = this.#random;
    const agentId = random.integer(1, AGENTS);
    const user = { agentUserId: `u${random.integer(1, USERS_PER_AGENT)}` };
    const amount = (BigInt(random.integer(1, 1_000_000)) * (this.kind === 'wide' ? ONE / 100n : 100n)) as Money;
    const agentAuth = this.#auth(agentId);
    const agentOrderNo = `n${++this.#orderNos}`;
    const dice = random.integer(0, 9);
    if (dice < 5)
      return {
        type: 'transfer',
        agentAuth,
        agentOrderNo,
        user,
        direction: random.pick(['IN', 'OUT'] as const),
        currency: 'USDT',
        amount,
      };
    if (dice < 6) return { type: 'transfer-all-out', agentAuth, agentOrderNo, user, currency: 'USDT' };
    if (dice < 7) {
      const origOrderNo = `n${random.integer(Math.max(1, this.#orderNos - 20), this.#orderNos)}`;
      return { type: 'reverse-transfer', agentAuth, origOrderNo, reverseOrderNo: agentOrderNo, reason: '' };
    }
    const directions: readonly WalletDirection[] = [
      'PARTNER_TO_FUNDING',
      'FUNDING_TO_CONTRACT',
      'CONTRACT_TO_FUNDING',
      'FUNDING_TO_PARTNER',
    ];
    return {
      type: 'wallet-transfer',
      agentAuth,
      agentOrderNo,
      user,
      direction: random.pick(directions),
      currency: 'USDT',
      amount,
    };
  }

  #auth(agentId: number): AgentAuth {
    const nonceHash = (++this.#nonces).toString(16).padStart(64, '0');
    return { agentId, nonceHash, expiresAtMs: this.timeMs + 60_000 };
  }
}

/** The leg that an order of a user opens; who trades hedge legs is as in `randomCommand`. */
const sideFor = (userId: number, side: Side): PositionSide =>
  hedges(userId) ? (side === 'BUY' ? 'LONG' : 'SHORT') : 'BOTH';

/** Whether a symbol is one of those that come and go. */
const ends = (symbol: string): boolean => symbol.startsWith('C');

const external = (n: number): { readonly externalUserId: string } => ({ externalUserId: String(1_000_000_000 + n) });
