import { money } from '@openvenue/money';
import type { Agent } from './agents.ts';
import type { AgentLedgerEntry } from './event.ts';
import type { AgencyState, Turn } from './state.ts';
import { changeTypeOf, type TransferOrder } from './transfer-order.ts';

/** Books a change of an agent's deposit; every change is a ledger entry with before and after (AGY-5). */
export function changeDeposit(
  { state, timeMs, emit }: Turn,
  agent: Agent,
  change: Pick<AgentLedgerEntry, 'amount' | 'changeType' | 'referenceId'>,
): Agent {
  const changed = { ...agent, deposit: money(agent.deposit + change.amount) };
  state.agents.replace(changed);
  emit({
    type: 'agent-ledger',
    entry: {
      agentId: agent.agentId,
      ...change,
      depositBefore: agent.deposit,
      depositAfter: changed.deposit,
      createdAtMs: timeMs,
    },
  });
  return changed;
}

/** Moves the order's amount: into the wallet what leaves the deposit, and the other way round. 0 is no move. */
export function moveMoney(turn: Turn, order: TransferOrder, intoWallet: boolean): void {
  const agent = turn.state.agents.get(order.agentId);
  if (agent === undefined || order.amount === 0n) return;
  const amount = intoWallet ? order.amount : money(-order.amount);
  const changeType = changeTypeOf(order);
  changeDeposit(turn, agent, { amount: money(-amount), changeType, referenceId: order.orderId });
  turn.ports.moveWallet({ userId: order.userId, amount, changeType, referenceId: order.orderId });
}

/** The agency's part of INV-1: what deposits, commissions and funding wallets hold in all. */
export function moneyHeld(state: AgencyState): bigint {
  let sum = state.fundingWallets.total();
  for (const { deposit, commission } of state.agents.all()) sum += deposit + commission;
  return sum;
}
