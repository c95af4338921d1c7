import { type PriceTicks, parseDecimal } from '@openvenue/money';
import type { Command, CommandType } from '../command.ts';
import { Core } from '../core.ts';
import { everyCommand, furnishedVenue } from './every-command.ts';
import { SeededRandom } from './random.ts';
import { randomCommand } from './random-commands.ts';
import { BTC, ETH } from './symbols.ts';
import { tightCommand, tightMarket } from './tight-market.ts';

export interface LoggedCommand {
  readonly timeMs: number;
  readonly command: Command;
}

const START_MS = 1_772_000_000_000;
const HOUR_MS = 3_600_000;

/** How the golden logs came about, by name. They are kept as files: a recipe may change, and its log stays what it is. */
export const GOLDEN_RECIPES: Readonly<Record<string, () => readonly LoggedCommand[]>> = {
  markets,
  'tight-market': tight,
  partners,
};

/** Two markets over more than a day: fee days, funding, and the end of one of them. */
function markets(): readonly LoggedCommand[] {
  const { core, journal, run } = journaled();
  const random = new SeededRandom(20_260_701);
  const centers = new Map([BTC, ETH].map(({ symbol }) => [symbol, 600_000]));
  const quotes = [{ source: 'source', price: 600_000 as PriceTicks, ageMs: 0, weight: 1 }];
  const prices: Command = { type: 'update-prices', symbols: [BTC, ETH].map(({ symbol }) => ({ symbol, quotes })) };
  for (const parameters of [BTC, ETH]) run(START_MS, { type: 'configure-symbol', parameters });
  run(START_MS, prices);
  const userIds = [1, 2, 3, 4, 5];
  for (const userId of userIds) {
    run(START_MS, {
      type: 'create-user',
      username: `trader-${userId}`,
      externalUserId: String(1_000_000_000 + userId),
      passwordHash: '',
      kind: 'trader',
    });
    const amount = parseDecimal(userId === 4 ? '700' : '1000000') as never;
    run(START_MS, { type: 'adjust-wallet', userId, amount, changeType: 'TRANSFER_IN' });
  }
  run(START_MS, { type: 'set-margin-mode', actor: { userId: 1 }, symbol: 'BTCUSDT', marginMode: 'ISOLATED' });
  run(START_MS, { type: 'delist-symbol', symbol: 'ETHUSDT', atMs: START_MS + 30 * HOUR_MS });
  let timeMs = START_MS;
  for (let i = 0; i < 520; i++) {
    const leaps = i % 10 === 9;
    timeMs += leaps ? random.integer(HOUR_MS / 2, HOUR_MS) : random.integer(0, 900);
    run(timeMs, leaps ? prices : randomCommand(core, random, { userIds, centers, spreadTicks: 120 }));
  }
  return journal;
}

/** Highly leveraged traders with little money. */
function tight(): readonly LoggedCommand[] {
  const { core, journal, run } = journaled();
  const { traders } = tightMarket(core);
  const random = new SeededRandom(20_260_702);
  let timeMs = core.timeMs;
  for (let i = 0; i < 300; i++) {
    timeMs += random.integer(0, 400);
    run(timeMs, tightCommand(core, random, traders));
  }
  return journal;
}

/** Every command there is in each of its shapes, then commands among each other. */
function partners(): readonly LoggedCommand[] {
  const venue = furnishedVenue();
  const random = new SeededRandom(20_260_703);
  const templates = everyCommand(venue.timeMs);
  const types = Object.keys(templates) as CommandType[];
  let draws = 0;
  const next = (type: CommandType, shape = random.pick(templates[type])): Command => {
    const parts: Record<string, unknown> = { ...shape, type };
    const { agentAuth } = parts as { agentAuth?: object };
    const nonceHash = (1_000 + ++draws).toString(16).padStart(64, '0');
    if (agentAuth !== undefined) parts['agentAuth'] = { ...agentAuth, nonceHash, expiresAtMs: venue.timeMs + 300_000 };
    if ('agentOrderNo' in parts) parts['agentOrderNo'] = `n${random.integer(1, 25)}`;
    if ('seq' in parts) parts['seq'] = random.integer(1, 20);
    return parts as unknown as Command;
  };
  // Whatever disables the agent or its user comes last: nothing but refusals would follow.
  const isEnd = (type: CommandType): boolean => ['update-agent', 'disable-user', 'set-user-disabled'].includes(type);
  for (const type of types.filter((each) => !isEnd(each)))
    for (const shape of templates[type]) venue.run(next(type, shape));
  for (let i = 0; i < 160; i++) {
    venue.timeMs += random.integer(0, 3_000);
    venue.run(next(random.pick(types.filter((each) => !isEnd(each)))));
  }
  for (const type of types.filter(isEnd)) venue.run(next(type));
  return venue.journal.map(({ timeMs, command }) => ({ timeMs, command }));
}

function journaled() {
  const core = new Core();
  const journal: LoggedCommand[] = [];
  const apply = core.apply.bind(core);
  core.apply = (sequence, timeMs, command) => {
    journal.push({ timeMs, command });
    return apply(sequence, timeMs, command);
  };
  const run = (timeMs: number, command: Command): void => void core.apply(core.sequence + 1, timeMs, command);
  return { core, journal, run };
}
