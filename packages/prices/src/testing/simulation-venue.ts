import { type Command, Core, type Outcome, type Reply } from '@openvenue/core';
import type { Money } from '@openvenue/money';
import { accountsNeeded, type HouseAccount, type HouseAccountIds } from '../market/accounts.ts';
import { SimulatedMarket } from '../market/simulated-market.ts';
import { bundledReplay } from '../replay/replay-source.ts';
import { DEFAULT_SYMBOLS } from '../symbols.ts';

const START_MS = 1_772_000_000_000;
const SEED = 7;

/** What was applied at one tick. */
export interface Tick {
  readonly commands: readonly Command[];
  readonly outcomes: readonly Outcome[];
}

/** A user to create, with what comes into the wallet at once. */
export interface NewUser {
  readonly username: string;
  readonly kind: 'house' | 'trader';
  readonly funding: Money;
}

/** A real core with the default symbols and the house accounts, and a clock that goes by ticks. */
export class SimulationVenue {
  readonly core = new Core();
  readonly accounts: HouseAccountIds;
  readonly source = bundledReplay(DEFAULT_SYMBOLS, SEED);
  timeMs = START_MS;
  #users = 0;

  constructor() {
    for (const parameters of DEFAULT_SYMBOLS) this.ok({ type: 'configure-symbol', parameters });
    this.ok({ type: 'update-prices', symbols: [] });
    const needed = accountsNeeded().map((account) => ({ account, userId: this.user(account) }));
    const idsOf = (role: HouseAccount['role']): readonly number[] =>
      needed.filter(({ account }) => account.role === role).map(({ userId }) => userId);
    this.accounts = { makers: idsOf('maker'), takers: idsOf('taker') };
  }

  market(seed = SEED): SimulatedMarket {
    return new SimulatedMarket({ source: this.source, accounts: this.accounts, seed });
  }

  user({ username, kind, funding }: NewUser): number {
    const externalUserId = String(9_000_000_000 + ++this.#users);
    const { reply } = this.ok({ type: 'create-user', username, externalUserId, passwordHash: '', kind });
    const { userId } = reply as Extract<Reply, { kind: 'user' }>;
    this.ok({ type: 'adjust-wallet', userId, amount: funding, changeType: 'TRANSFER_IN' });
    return userId;
  }

  run(command: Command): Outcome {
    return this.core.apply(this.core.sequence + 1, this.timeMs, command);
  }

  ok(command: Command): Outcome {
    const outcome = this.run(command);
    if (!outcome.reply.ok) throw new Error(`${command.type} was refused: ${outcome.reply.reason}`);
    return outcome;
  }

  /** One tick of the market, then the clock goes on. */
  tick(market: SimulatedMarket, stepMs = 250): Tick {
    const commands = market.tick(this.core, this.timeMs);
    const outcomes = commands.map((command) => this.run(command));
    this.timeMs += stepMs;
    return { commands, outcomes };
  }
}
