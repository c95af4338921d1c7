import type { PatientCaller, Reply } from './patient-caller.ts';
import { unitsOf } from './units.ts';

const PAGE_SIZE = 100;

/** All orders of the agent, read page by page. Nobody may add any meanwhile. @throws Error when pages and total disagree */
export async function readOrders(caller: PatientCaller): Promise<ReadonlyMap<string, Reply>> {
  const orders = new Map<string, Reply>();
  for (let page = 1; ; page++) {
    const reply = await caller.call('list-orders', { page, pageSize: PAGE_SIZE });
    for (const order of reply['orders']) {
      if (orders.has(order.orderNo)) throw new Error(`list-orders names ${order.orderNo} twice`);
      orders.set(order.orderNo, order);
    }
    if (reply['orders'].length === PAGE_SIZE) continue;
    if (reply['total'] !== orders.size) throw new Error(`list-orders counts ${reply['total']}, and has ${orders.size}`);
    return orders;
  }
}

/** What a user has at the venue, in units. */
export interface UserWallets {
  readonly contract: bigint;
  readonly funding: bigint;
}

const EMPTY: UserWallets = { contract: 0n, funding: 0n };

/** What a wallet transfer brings each of the two wallets, in parts of its amount. */
const WALLET_SIGNS: Readonly<Record<string, UserWallets>> = {
  PARTNER_TO_FUNDING: { contract: 0n, funding: 1n },
  FUNDING_TO_PARTNER: { contract: 0n, funding: -1n },
  FUNDING_TO_CONTRACT: { contract: 1n, funding: -1n },
  CONTRACT_TO_FUNDING: { contract: -1n, funding: 1n },
};

/** What each user's wallets must hold, by orders and wallet transfers alone: what came in less what went out, if it stands. */
export function walletsByOrders(
  orders: Iterable<Reply>,
  walletTransfers: Iterable<Reply>,
): ReadonlyMap<string, UserWallets> {
  const wallets = new Map<string, UserWallets>();
  const book = (agentUserId: string, units: bigint, { contract, funding }: UserWallets): void => {
    const before = wallets.get(agentUserId) ?? EMPTY;
    wallets.set(agentUserId, {
      contract: before.contract + contract * units,
      funding: before.funding + funding * units,
    });
  };
  for (const { status, direction, amount, agentUserId } of orders)
    if (status === 'SUCCESS')
      book(agentUserId, unitsOf(amount), { contract: direction === 'IN' ? 1n : -1n, funding: 0n });
  for (const { status, direction, amount, agentUserId } of walletTransfers)
    if (status === 'SUCCESS') book(agentUserId, unitsOf(amount), WALLET_SIGNS[direction] ?? EMPTY);
  return wallets;
}

/** What a user has, as the venue says it. */
export async function walletsOf(caller: PatientCaller, platformUserId: string): Promise<UserWallets> {
  const assets = await caller.call('query-user-assets', { platformUserId, includeFunding: true });
  return { contract: unitsOf(assets['walletBalance']), funding: unitsOf(assets['funding'].totalAmount) };
}

/** Units in the agent's deposit. */
export async function depositOf(caller: PatientCaller): Promise<bigint> {
  return unitsOf((await caller.call('query-account', {}))['assets'][0].depositBalance);
}
