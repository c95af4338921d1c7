import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Reply } from './patient-caller.ts';
import { unitsOf } from './units.ts';
import type { Violations } from './violations.ts';

type Row = Readonly<Record<string, string | bigint | null>>;

export interface BooksAudit {
  readonly dataFolder: string;
  /** All orders of the agent at the venue. */
  readonly orders: ReadonlyMap<string, Reply>;
  /** Units in the wallet at the venue of the user whom the partner knows by this id. */
  readonly walletOf: (platformUserId: string) => Promise<bigint>;
  readonly violations: Violations;
  /** The transfers that the site has told its visitor about. */
  readonly told: Iterable<string>;
}

/** Users of the partner's site by the ids that both sides give them. The site must not be running. */
export function readPartnerUsers(dataFolder: string): ReadonlyMap<string, string> {
  return read(dataFolder, (rows) => {
    const bound = rows('SELECT user_id, platform_user_id FROM users WHERE platform_user_id IS NOT NULL');
    return new Map(bound.map((row) => [String(row['user_id']), String(row['platform_user_id'])]));
  });
}

/** Holds the partner's books against the venue's, to the last unit. The site must not be running. @returns its number of transfers */
export async function auditBooks(audit: BooksAudit): Promise<number> {
  const { dataFolder, orders, violations, told } = audit;
  const { transfers, accounts, postings, users } = read(dataFolder, (rows) => ({
    transfers: rows('SELECT * FROM transfers'),
    accounts: rows('SELECT * FROM accounts'),
    postings: rows('SELECT * FROM postings'),
    users: rows('SELECT * FROM users'),
  }));
  const fail = (text: string): void => violations.add('partner', text);
  for (const transfer of transfers) auditTransfer(transfer, orders.get(String(transfer['order_no'])), fail);
  const known = new Set(transfers.map((transfer) => transfer['order_no']));
  for (const orderNo of told) if (!known.has(orderNo)) violations.add('lost', `the partner has forgotten ${orderNo}`);
  const userIds = new Set(users.map((user) => user['user_id']));
  for (const [orderNo, { agentUserId }] of orders)
    if (userIds.has(agentUserId) && !known.has(orderNo))
      fail(`the venue has ${orderNo}, and its partner knows nothing`);

  const balances = new Map(accounts.map((row) => [String(row['account']), row['balance'] as bigint]));
  for (const [account, balance] of balances) {
    const posted = sum(postings.filter((each) => each['to_account'] === account));
    const taken = sum(postings.filter((each) => each['from_account'] === account));
    if (posted - taken !== balance) fail(`${account} has ${balance}, and its postings come to ${posted - taken}`);
  }
  const total = [...balances.values()].reduce((one, other) => one + other, 0n);
  if (total !== 0n) fail(`all balances together are ${total}`);
  let wallets = 0n;
  for (const user of users)
    if (user['platform_user_id'] !== null) wallets += await audit.walletOf(String(user['platform_user_id']));
  const atVenue = balances.get('venue') ?? 0n;
  if (wallets !== atVenue) fail(`its users have ${wallets} units at the venue, and its books say ${atVenue}`);
  return transfers.length;
}

function auditTransfer(transfer: Row, order: Reply | undefined, fail: (text: string) => void): void {
  const { order_no: orderNo, status, amount, direction, mode } = transfer;
  if (order === undefined) {
    // Refused for its content: the venue never took it.
    if (status !== 'FAILED') fail(`${orderNo} is ${status} at the partner, and the venue has no such order`);
    return;
  }
  const isSame =
    order['status'] === status &&
    order['direction'] === direction &&
    order['transferMode'] === mode &&
    (amount === null ? status === 'FAILED' : unitsOf(order['amount']) === amount);
  if (!isSame)
    fail(`${orderNo} is ${status} ${amount} at the partner, ${order['status']} ${order['amount']} at the venue`);
}

const sum = (postings: readonly Row[]): bigint =>
  postings.reduce((total, each) => total + (each['amount'] as bigint), 0n);

function read<T>(dataFolder: string, look: (rows: (sql: string) => readonly Row[]) => T): T {
  const database = new DatabaseSync(join(dataFolder, 'partner.db'));
  try {
    return look((sql) => {
      const statement = database.prepare(sql);
      statement.setReadBigInts(true);
      return statement.all() as readonly Row[];
    });
  } finally {
    database.close();
  }
}
