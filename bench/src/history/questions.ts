import {
  CANDLE_INTERVALS,
  firstLeaderDay,
  type HistoryPage,
  type HistoryQueries,
  LEADERBOARD_DAYS,
  type Listing,
  MAX_RANKED,
  openingAfter,
  openingOf,
  type ScanFilter,
  type ScanKind,
  type ScanPlace,
} from '@openvenue/views';
import { DAY_MS, END_MS, LARGE_AGENT, type Sample, SMALL_AGENT, START_MS, usersIn } from './sample.ts';

/** One thing to ask. What it is asked with may depend on what was answered before, such as where the last page is. */
export interface Question {
  /** Figures are given by group. */
  readonly group: string;
  readonly name: string;
  ask(queries: HistoryQueries): Promise<unknown>;
}

/** Everything that the history can be asked, by users with much and little history, with filters that match much, little and nothing. */
export async function questionsFor(queries: HistoryQueries, sample: Sample): Promise<readonly Question[]> {
  const users = { busiest: 1, busy: 100, quiet: usersIn(sample) };
  const questions: Question[] = [];
  for (const [kind, userId] of Object.entries(users)) {
    for (const [name, read] of Object.entries(LISTINGS)) {
      for (const filter of combinations(FILTERS[name as keyof typeof FILTERS])) {
        const ask = (asked: HistoryQueries, page: HistoryPage) => read(asked, userId, filter, page);
        questions.push(
          ...(await pagesOf(queries, { group: `${name}, ${kind} user`, name: JSON.stringify(filter), ask })),
        );
      }
    }
    questions.push(...byId(userId, kind), ...accounts(userId, kind));
  }
  for (const filter of combinations({ symbol: ['BTCUSDT'], ...TIMES })) {
    const asked = { symbol: 'BTCUSDT', ...filter };
    const ask = (each: HistoryQueries, page: HistoryPage) => each.fundings(asked, page);
    questions.push(...(await pagesOf(queries, { group: 'fundings', name: JSON.stringify(asked), ask })));
  }
  questions.push(...candleQuestions(), ...leaderboards(), ...scans(sample));
  return questions;
}

type Filter = Readonly<Record<string, unknown>>;
type Ask = (queries: HistoryQueries, userId: number, filter: Filter, page: HistoryPage) => Promise<Listing<unknown>>;

const LISTINGS: Readonly<Record<'orders' | 'conditions' | 'fills' | 'ledger' | 'closed positions', Ask>> = {
  orders: (queries, userId, filter, page) => queries.orders(userId, filter, page),
  conditions: (queries, userId, filter, page) => queries.conditions(userId, filter, page),
  fills: (queries, userId, filter, page) => queries.fills(userId, filter, page),
  ledger: (queries, userId, filter, page) => queries.ledger(userId, filter, page),
  'closed positions': (queries, userId, filter, page) => queries.closedPositions(userId, filter, page),
};

/** Times within one day, over weeks that neither begin nor end with a day, and without an end. */
const TIMES = {
  time: [
    { startTimeMs: START_MS + 100 * DAY_MS + 12_345_678, endTimeMs: START_MS + 100 * DAY_MS + 34_567_890 },
    { startTimeMs: START_MS + 60 * DAY_MS + 12_345_678, endTimeMs: START_MS + 95 * DAY_MS + 34_567_890 },
    { startTimeMs: START_MS + 30 * DAY_MS + 1 },
  ],
};
const SYMBOL = ['BTCUSDT', 'AVAXUSDT', 'NOSUCHUSDT'];

const FILTERS = {
  orders: {
    symbol: SYMBOL,
    type: ['LIMIT', 'MARKET'],
    side: ['BUY'],
    status: ['FILLED', 'REJECTED', 'PARTIALLY_FILLED'],
    ...TIMES,
  },
  conditions: { symbol: SYMBOL, side: ['SELL'], status: ['CANCELLED', 'REJECTED', 'FIRED'], ...TIMES },
  fills: { symbol: SYMBOL, ...TIMES },
  ledger: { changeType: ['HANDLING_FEE', 'TRANSFER_OUT', 'ADL'], ...TIMES },
  'closed positions': { symbol: SYMBOL, direction: ['long'], ...TIMES },
};

/** Every choice of a value, or none, for each name. A value that is an object gives its own names. */
function combinations(choices: Readonly<Record<string, readonly unknown[]>>): readonly Filter[] {
  return Object.entries(choices).reduce<readonly Filter[]>(
    (filters, [name, values]) =>
      filters.flatMap((filter) => [
        filter,
        ...values.map((value) => ({ ...filter, ...(typeof value === 'object' ? value : { [name]: value }) })),
      ]),
    [{}],
  );
}

/** The first page, one in the middle, the last one, and one behind it. */
async function pagesOf(
  queries: HistoryQueries,
  {
    group,
    name,
    ask,
  }: {
    readonly group: string;
    readonly name: string;
    readonly ask: (queries: HistoryQueries, page: HistoryPage) => Promise<Listing<unknown>>;
  },
): Promise<readonly Question[]> {
  const limit = 100;
  const { total } = await ask(queries, { offset: 0, limit });
  const last = Math.max(0, Math.ceil(total / limit) - 1) * limit;
  const middle = Math.floor(last / 2 / limit) * limit;
  const offsets = [...new Set([0, middle, last, last + limit])];
  return offsets.map((offset) => ({
    group,
    name: `${name} from ${offset} of ${total}`,
    ask: (asked) => ask(asked, { offset, limit }),
  }));
}

const byId = (userId: number, kind: string): readonly Question[] => [
  {
    group: `by id, ${kind} user`,
    name: 'order by id',
    ask: (queries) => queries.order(userId, { symbol: 'BTCUSDT', orderId: 4_711 }),
  },
  {
    group: `by id, ${kind} user`,
    name: 'order by client id',
    ask: (queries) => queries.order(userId, { symbol: 'BTCUSDT', clientOrderId: 'client-4711' }),
  },
  {
    group: `by id, ${kind} user`,
    name: 'fills of an order',
    ask: (queries) => queries.fills(userId, { orderId: 4_711 }, { offset: 0, limit: 100 }),
  },
];

/** The spans of the account statistics, from a day by hours to a year by days. */
const accounts = (userId: number, kind: string): readonly Question[] =>
  [1, 7, 30, 90, 180, 365].map((days) => {
    const span = days === 1 ? '1h' : '1d';
    const fromMs = days === 1 ? openingOf('1h', END_MS - DAY_MS / 2) : END_MS - days * DAY_MS;
    return {
      group: `account statistics, ${kind} user`,
      name: `${days} days by ${span}`,
      ask: (queries) => queries.accountFlows(userId, { span, fromMs }),
    };
  });

const leaderboards = (): readonly Question[] =>
  LEADERBOARD_DAYS.map((days) => ({
    group: 'leaderboard',
    name: `${days} days`,
    ask: (queries) => queries.leaderboard({ fromMs: firstLeaderDay(END_MS - 1, days), ranked: MAX_RANKED, shown: 100 }),
  }));

/** The largest answer of each interval, at the end and in the past, and what a start asks for. */
function candleQuestions(): readonly Question[] {
  const limit = 1_000;
  const klines = CANDLE_INTERVALS.flatMap((interval) =>
    (['trade', 'mark'] as const).flatMap((priceType) =>
      [END_MS, END_MS - 40 * DAY_MS].map((toMs): Question => {
        const endMs = openingOf(interval, toMs);
        const fromMs = Math.max(0, openingAfter(interval, endMs, -limit));
        const filter = {
          symbol: 'BTCUSDT',
          priceType,
          interval,
          fromMs: openingOf(interval, fromMs),
          toMs: endMs,
          limit,
        };
        return {
          group: `klines of ${interval}`,
          name: `${priceType} to ${new Date(endMs).toISOString()}`,
          ask: (queries) => queries.candles(filter),
        };
      }),
    ),
  );
  const range = { minutesFromMs: END_MS - DAY_MS, daysFromMs: END_MS - 90 * DAY_MS, todayMs: END_MS - DAY_MS };
  const seed: Question = {
    group: 'klines at a start',
    name: 'a day of minutes',
    ask: (queries) => queries.candleSeed({ symbol: 'BTCUSDT', priceType: 'trade', range }),
  };
  return [...klines, seed];
}

const SCAN_LIMIT = 1_001;

/** What agents ask: about all of their users, about a hundred of them, about one. First page, and one in the past. */
function scans(sample: Sample): readonly Question[] {
  const users = usersIn(sample);
  const ofAgent = (first: number, step: number) => Array.from({ length: 100 }, (_, i) => first + i * step);
  const owners: Readonly<Record<string, ScanFilter['of']>> = {
    'large agent': { agentId: LARGE_AGENT },
    'small agent': { agentId: SMALL_AGENT },
    '100 busiest users': { userIds: ofAgent(1, 1) },
    '100 quiet users': { userIds: ofAgent(Math.floor(users / 2), 1) },
    'one busy user': { userIds: [1] },
  };
  const ended = ['FILLED', 'CANCELED', 'REJECTED', 'PARTIALLY_FILLED_CANCELED'] as const;
  const endedConditions = ['TRIGGERED', 'CANCELLED', 'REJECTED', 'FIRED'] as const;
  const filters: Readonly<Record<ScanKind, Readonly<Record<string, readonly unknown[]>>>> = {
    orders: {
      statuses: [{ statuses: ended }, { statuses: ['REJECTED'] }],
      symbol: SYMBOL,
      side: ['BUY'],
      id: [{ orderId: 4_711 }, { clientOrderId: 'client-4711' }],
      ...TIMES,
    },
    conditions: {
      statuses: [{ statuses: endedConditions }, { statuses: ['REJECTED'] }],
      symbol: SYMBOL,
      id: [{ conditionId: 4_711 }, { clientOrderId: 'client-4711' }],
      ...TIMES,
    },
    fills: { symbol: SYMBOL, id: [{ orderId: 4_711 }], ...TIMES },
    ledger: { changeType: ['HANDLING_FEE', 'TRANSFER_OUT', 'ADL'], ...TIMES },
    'closed-positions': { symbol: SYMBOL, positionSide: ['LONG'], ...TIMES },
  };
  const questions: Question[] = [];
  for (const [owner, of] of Object.entries(owners)) {
    for (const kind of Object.keys(filters) as ScanKind[]) {
      if ('agentId' in of && (kind === 'conditions' || kind === 'fills')) continue;
      for (const filter of combinations(filters[kind])) {
        const first: ScanFilter = { of, limit: SCAN_LIMIT, ...filter };
        const later: ScanPlace = { timeMs: START_MS + 70 * DAY_MS + 4_000_000, id: 1_000_000 };
        for (const [page, asked] of Object.entries({ first, later: { ...first, after: later } })) {
          questions.push({
            group: `scan of ${kind}, ${owner}`,
            name: `${JSON.stringify(filter)}, ${page} page`,
            ask: (each) => each.scan(kind, asked),
          });
        }
      }
    }
  }
  return questions;
}
