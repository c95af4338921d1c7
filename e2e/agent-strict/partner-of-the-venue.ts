import { call } from '../testing/api.ts';
import type { VenueProcess } from '../testing/venue-process.ts';
import { type Reply, type Request, StrictAgent } from './strict-agent.ts';

let numbers = 0;

/** A number that no order has had. */
export const freshOrderNo = (of: string): string => `${of}-${++numbers}`;

/** A bound user who has something of everything: money, open and ended orders, trades, a position, a ledger. */
export interface PartnerUser {
  readonly agentUserId: string;
  readonly platformUserId: string;
  /** A transfer into his wallet that has succeeded. */
  readonly orderNo: string;
}

export function agentOf(venue: VenueProcess, prefix: string): StrictAgent {
  const [, agentCode = '', apiSecret = ''] = /agentCode=(\S+) apiSecret=(\S+)/.exec(venue.output) ?? [];
  return new StrictAgent({ url: venue.url, prefix, agentCode, apiSecret });
}

export async function bringUser(agent: StrictAgent, agentUserId: string): Promise<PartnerUser> {
  const { platformUserId } = await agent.succeed('bind', { agentUserId });
  const orderNo = freshOrderNo('IN');
  const money = { agentOrderNo: orderNo, agentUserId, direction: 'IN', amount: '5000' };
  const { orderStatus } = await agent.succeed('transfer', money);
  if (orderStatus !== 'SUCCESS') throw new Error(`no money for ${agentUserId}: ${orderStatus}`);
  return { agentUserId, platformUserId: String(platformUserId), orderNo };
}

/** Trades as the user, in a terminal embedded on the partner's page. */
export async function tradeAs(agent: StrictAgent, { agentUserId }: PartnerUser): Promise<void> {
  const { url } = agent.access;
  const channelId = freshOrderNo('page');
  const { embedToken } = await agent.succeed('create-embed-token', { agentUserId, channelId });
  const exchanged = await fetch(`${url}/v1/public/agent-sso/exchange-embed-token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Embed-Origin': 'http://127.0.0.1:8081' },
    body: JSON.stringify({ embedToken, channelId }),
  });
  const { data } = (await exchanged.json()) as { readonly data: { readonly accessToken: string } };
  const place = async (order: Request): Promise<Reply> => {
    const body = { symbol: 'BTCUSDT', ...order };
    const answer = await call(url, { path: '/v1/private/order/place', body, auth: { token: data.accessToken } });
    if (answer.code !== 0) throw new Error(`order refused: ${answer.code} ${answer.message}`);
    return answer.data;
  };
  await place({ type: 'MARKET', side: 'BUY', quantity: '0.01' });
  await place({ type: 'MARKET', side: 'SELL', quantity: '0.01' });
  await place({ type: 'MARKET', side: 'BUY', quantity: '0.005' });
  await place({
    type: 'LIMIT',
    side: 'BUY',
    quantity: '0.005',
    price: '60000',
    clientOrderId: freshOrderNo('resting'),
  });
  const { orderId } = await place({ type: 'LIMIT', side: 'BUY', quantity: '0.005', price: '60000' });
  const path = '/v1/private/order/cancel';
  await call(url, { path, body: { symbol: 'BTCUSDT', orderId }, auth: { token: data.accessToken } });
}

/** The two users of a scene: requests are about the first, and what would leave a user empty is about the other. */
export interface Users {
  readonly user: PartnerUser;
  readonly other: PartnerUser;
}

/** A request that must succeed, made anew for every use, with the order that it needs. */
export async function goodRequest(agent: StrictAgent, name: string, users: Users): Promise<Request> {
  if (name === 'reverse') {
    const transfer = goodFields('transfer', users);
    await agent.succeed('transfer', transfer);
    const reverseOrderNo = freshOrderNo('R');
    return { origOrderNo: transfer['agentOrderNo'], reverseOrderNo, reverseReason: 'to the wrong customer' };
  }
  if (name === 'wallet-transfer-status') {
    const transfer = goodFields('wallet-transfer', users);
    await agent.succeed('wallet-transfer', transfer);
    return { agentOrderNo: transfer['agentOrderNo'] };
  }
  return goodFields(name, users);
}

function goodFields(name: string, { user, other }: Users): Request {
  const { agentUserId, platformUserId } = user;
  const byName: Readonly<Record<string, () => Request>> = {
    bind: () => ({ agentUserId, username: 'Zoë 李', ext: { tags: ['a', 1.5, null], vip: false } }),
    transfer: () => ({ agentOrderNo: freshOrderNo('T'), agentUserId, direction: 'IN', amount: '0.00000001' }),
    'transfer-all-out': () => ({ agentOrderNo: freshOrderNo('ALL'), agentUserId: other.agentUserId }),
    'query-order': () => ({ orderNo: user.orderNo, orderType: 'TRANSFER_IN' }),
    'list-orders': () => ({ pageSize: 100 }),
    'query-account': () => ({}),
    'query-user-assets': () => ({ platformUserId, includeFunding: true }),
    'wallet-transfer': () => ({
      agentOrderNo: freshOrderNo('W'),
      agentUserId,
      direction: 'PARTNER_TO_FUNDING',
      amount: '1',
    }),
    'set-credentials': () => ({ agentUserId, username: freshOrderNo('user'), password: 'a long password of 2026' }),
    'disable-user': () => ({ agentUserId: other.agentUserId, disabled: false }),
    events: () => ({ afterSeq: 0 }),
    'create-entry-url': () => ({ agentUserId }),
    'create-embed-token': () => ({ agentUserId, channelId: 'page', symbol: 'ETHUSDT' }),
    'list-supported-fiat-currencies': () => ({}),
    'query-exchange-rates': () => ({}),
    'perpetual-orders-current': () => ({ platformUserIds: [platformUserId], orderCategory: 'NORMAL' }),
    'perpetual-orders-history': () => ({ platformUserIds: [platformUserId], orderCategory: 'NORMAL' }),
    'perpetual-trades': () => ({ platformUserIds: [platformUserId], limit: 2 }),
    'perpetual-positions-current': () => ({}),
    'perpetual-positions-history': () => ({}),
    'perpetual-account-ledger': () => ({ platformUserIds: [platformUserId] }),
  };
  const make = byName[name];
  if (make === undefined) throw new Error(`no request is known for ${name}`);
  return make();
}
