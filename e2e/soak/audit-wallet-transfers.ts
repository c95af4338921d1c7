import type { WalletAnswer } from './answers.ts';
import type { Audited } from './audited.ts';
import type { Reply } from './patient-caller.ts';
import type { WalletContent } from './plan.ts';
import { unitsOf } from './units.ts';

const NUMBER_CONFLICT = 6102;

/** Holds every answer to a wallet transfer against what became of it. @returns those that the venue has taken */
export async function auditWalletTransfers(
  audited: Pick<Audited, 'plan' | 'caller' | 'answers' | 'observer' | 'violations'>,
): Promise<readonly Reply[]> {
  const { plan, caller, answers, observer, violations } = audited;
  const taken: Reply[] = [];
  for (const step of plan.steps) {
    if (step.kind !== 'wallet') continue;
    const { orderNo, contents } = step;
    const found = await caller.call('wallet-transfer-status', { agentOrderNo: orderNo });
    if (found['code'] !== 0) {
      violations.add('lost', `the wallet transfer ${orderNo} was answered, and its query says ${found['code']}`);
      continue;
    }
    taken.push(found);
    observer.see(orderNo, found['status']);
    if (!contents.some((content) => isContentOf(found, content)))
      violations.add('answer', `${orderNo} says what nobody sent: ${JSON.stringify(found)}`);
    for (const answer of answers.wallets.get(orderNo) ?? [])
      if (!isTrue(answer, found))
        violations.add(
          'answer',
          `${orderNo} ${JSON.stringify(answer.content)} was answered ${JSON.stringify(answer.reply)}`,
        );
  }
  return taken;
}

function isTrue({ content, reply }: WalletAnswer, found: Reply): boolean {
  if (!isContentOf(found, content)) return reply['code'] === NUMBER_CONFLICT;
  return reply['status'] === 'PROCESSING' || JSON.stringify(reply) === JSON.stringify(found);
}

function isContentOf(found: Reply, { agentUserId, direction, amount }: WalletContent): boolean {
  if (found['agentUserId'] !== agentUserId || found['direction'] !== direction) return false;
  if (found['transferAll'] !== (amount === undefined)) return false;
  return amount === undefined || unitsOf(found['amount']) === unitsOf(amount);
}
