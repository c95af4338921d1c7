import type { OrderAnswer } from './answers.ts';
import { auditWalletTransfers } from './audit-wallet-transfers.ts';
import type { Audited } from './audited.ts';
import { depositOf, readOrders, walletsByOrders, walletsOf } from './ledger-of-venue.ts';
import type { Reply } from './patient-caller.ts';
import type { Content } from './plan.ts';
import { amountOf, unitsOf } from './units.ts';
import type { Violations } from './violations.ts';

const NUMBER_CONFLICT = 6102;
/** A reverse can also come too early or too late. */
const REVERSE_CODES = [0, 6101, 6105];

/** Holds all that was asked, answered and seen against what the venue says now that all is quiet. @returns all orders */
export async function auditVenue(audited: Audited): Promise<ReadonlyMap<string, Reply>> {
  const { plan, caller, answers, observer, violations } = audited;
  const orders = await readOrders(caller);
  for (const { orderNo, contents } of plan.orders) {
    const order = orders.get(orderNo);
    auditOrder({ orderNo, contents, order, answers: answers.orders.get(orderNo) ?? [] }, violations);
  }
  for (const [orderNo, { status, direction, amount }] of orders) {
    observer.see(orderNo, status);
    const found = await caller.call('query-order', { orderNo, orderType: `TRANSFER_${direction}` });
    if (found['status'] !== status || found['amount'] !== amount)
      violations.add(
        'answer',
        `${orderNo} is ${status} ${amount} in the list, ${found['status']} ${found['amount']} alone`,
      );
  }
  await observer.readEvents();
  auditEvents(orders, audited);
  await auditMoney({ orders, walletTransfers: await auditWalletTransfers(audited) }, audited);
  return orders;
}

interface OrderOnTrial {
  readonly orderNo: string;
  readonly contents: readonly Content[];
  readonly order: Reply | undefined;
  readonly answers: readonly OrderAnswer[];
}

function auditOrder({ orderNo, contents, order, answers }: OrderOnTrial, violations: Violations): void {
  if (order === undefined) {
    const answer = answers.find(({ reply }) => reply['code'] === 0);
    if (answer !== undefined) violations.add('lost', `${orderNo} was answered ${answer.reply['orderStatus']}`);
    return;
  }
  if (!contents.some((content) => isContentOf(order, content)))
    violations.add('answer', `${orderNo} says what nobody sent: ${JSON.stringify(order)}`);
  const first = order['status'] === 'REVERSED' ? 'SUCCESS' : order['status'];
  for (const { content, reply } of answers) {
    const isOwn = isContentOf(order, content);
    const isRight = isOwn
      ? reply['code'] === 0 && ['PROCESSING', first].includes(reply['orderStatus']) && hasAmount(reply, order, content)
      : reply['code'] === NUMBER_CONFLICT;
    if (!isRight)
      violations.add('answer', `${orderNo} ${JSON.stringify(content)} was answered ${JSON.stringify(reply)}`);
  }
}

function isContentOf(order: Reply, { path, agentUserId, direction, amount }: Content): boolean {
  const mode = path === 'transfer' ? 'FIXED_AMOUNT' : 'ALL_OUT';
  if (order['agentUserId'] !== agentUserId || order['direction'] !== direction) return false;
  return order['transferMode'] === mode && (amount === undefined || unitsOf(order['amount']) === unitsOf(amount));
}

/** Every answer to a withdrawal of all says how much it was. */
const hasAmount = (reply: Reply, order: Reply, { path }: Content): boolean =>
  path === 'transfer' || reply['orderStatus'] === 'PROCESSING' || reply['amount'] === order['amount'];

/** Each order has one outcome, each reverse one, and what was reversed was reversed once. */
function auditEvents(orders: ReadonlyMap<string, Reply>, { plan, answers, observer, violations }: Audited): void {
  const events = new Map<string, Reply>();
  for (const event of observer.events) {
    const key = `${event['orderType']} ${event['orderNo']} ${event['targetStatus']}`;
    if (events.has(key)) violations.add('doubled', `${key} has two events`);
    events.set(key, event);
  }
  for (const [orderNo, { status }] of orders) {
    const expected = status === 'REVERSED' ? ['SUCCESS', 'REVERSED'] : [status];
    for (const each of ['SUCCESS', 'FAILED', 'REVERSED', 'DEAD'])
      if (events.has(`transfer ${orderNo} ${each}`) !== expected.includes(each))
        violations.add('webhook', `${orderNo} is ${status}, and its event ${each} is not as it should be`);
  }
  const known = new Set(plan.orders.map(({ orderNo }) => orderNo));
  const reversesOf = new Map<string, number>();
  for (const step of plan.steps) {
    if (step.kind !== 'reverse') continue;
    for (const reverseOrderNo of step.reverseOrderNos) {
      const outcome = ['SUCCESS', 'FAILED'].filter((status) => events.has(`reverse ${reverseOrderNo} ${status}`));
      if (outcome.length > 1) violations.add('doubled', `the reverse ${reverseOrderNo} succeeded and failed`);
      if (outcome[0] === 'SUCCESS') reversesOf.set(step.origOrderNo, (reversesOf.get(step.origOrderNo) ?? 0) + 1);
      for (const reply of answers.reverses.get(reverseOrderNo) ?? []) {
        const { code, orderStatus } = reply;
        const isTrue = code !== 0 || orderStatus === 'PROCESSING' || orderStatus === outcome[0];
        if (!REVERSE_CODES.includes(code) || !isTrue)
          violations.add('answer', `the reverse ${reverseOrderNo} was answered ${JSON.stringify(reply)}`);
      }
    }
  }
  for (const [orderNo, { status }] of orders)
    if (known.has(orderNo) && (reversesOf.get(orderNo) ?? 0) !== (status === 'REVERSED' ? 1 : 0))
      violations.add('doubled', `${orderNo} is ${status} and was reversed ${reversesOf.get(orderNo) ?? 0} times`);
}

interface Moves {
  readonly orders: ReadonlyMap<string, Reply>;
  readonly walletTransfers: readonly Reply[];
}

/** To the last unit: every wallet is what its orders say, and wallets and deposit together are what there was at first. */
async function auditMoney({ orders, walletTransfers }: Moves, audited: Audited): Promise<void> {
  const { caller, violations, platformUserIds, depositBefore } = audited;
  const expected = walletsByOrders(orders.values(), walletTransfers);
  let total = await depositOf(caller);
  for (const [agentUserId, platformUserId] of platformUserIds) {
    const wallets = await walletsOf(caller, platformUserId);
    for (const wallet of ['contract', 'funding'] as const) {
      const units = expected.get(agentUserId)?.[wallet] ?? 0n;
      total += wallets[wallet];
      if (wallets[wallet] === units) continue;
      const text = `${agentUserId} has ${amountOf(wallets[wallet])} in ${wallet}, and his orders come to ${amountOf(units)}`;
      violations.add(wallets[wallet] > units ? 'doubled' : 'lost', text);
    }
  }
  if (total !== depositBefore)
    violations.add(total > depositBefore ? 'doubled' : 'lost', `${total} units are there, ${depositBefore} were`);
}
