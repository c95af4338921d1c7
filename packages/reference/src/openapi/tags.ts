/** A group of operations, in the order in which a newcomer meets them. The first prefix that fits decides. */
interface Tag {
  readonly name: string;
  readonly description: string;
  readonly prefixes: readonly string[];
}

const TAGS: readonly Tag[] = [
  { name: 'Venue', description: 'What is running, and its clock.', prefixes: ['/v1/version', '/v1/time', '/version'] },
  {
    name: 'Market data',
    description: 'Symbols, the book, trades, candles and funding. Open to anyone.',
    prefixes: ['/v1/public/market', '/v1/public/leaderboard'],
  },
  {
    name: 'Sessions',
    description: 'Sign in, renew, sign out; and the ends of a single sign-on.',
    prefixes: ['/v1/public/user', '/v1/public/agent-sso', '/v1/private/user/logout'],
  },
  {
    name: 'API keys',
    description: 'Keys for bots and back ends. A login session alone manages them.',
    prefixes: ['/v1/private/user/api-key'],
  },
  {
    name: 'Listen keys',
    description: 'Keys that open the private WebSocket channel.',
    prefixes: ['/v1/private/user/listen-key'],
  },
  { name: 'Account', description: 'Balances, ledger and statistics of the user.', prefixes: ['/v1/private/user'] },
  { name: 'Orders', description: 'Orders, condition orders and strategies.', prefixes: ['/v1/private/order'] },
  { name: 'Positions', description: 'Positions, leverage and margin.', prefixes: ['/v1/private/position'] },
  { name: 'Agent API', description: 'Signed calls of a partner’s back end.', prefixes: ['/v1/agent'] },
];

/** The group of a path. @throws RangeError when no group has it: a new area of the API needs one */
export function tagOf(path: string): string {
  const tag = TAGS.find(({ prefixes }) => prefixes.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)));
  if (tag === undefined) throw new RangeError(`no tag covers ${path}`);
  return tag.name;
}

/** The groups as the document lists them. */
export const tagList = TAGS.map(({ name, description }) => ({ name, description }));
