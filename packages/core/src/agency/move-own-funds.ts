import { money } from '@openvenue/money';
import { reject } from '../reject.ts';
import { changeFunding } from './change-funding.ts';
import type { MoveOwnFunds } from './command.ts';
import { MAX_TRANSFER_AMOUNT } from './limits.ts';
import type { AgencyResult } from './reply.ts';
import type { Turn } from './state.ts';
import { OWN_WALLET_DIRECTIONS } from './wallet-transfer-order.ts';

/** Moves a user's money between his funding wallet and his contract wallet, as he asks himself (AGY-44). */
export function moveOwnFunds(turn: Turn, command: MoveOwnFunds): AgencyResult {
  const { state, ports } = turn;
  const { userId } = command.actor;
  const { direction } = command;
  if (!OWN_WALLET_DIRECTIONS.includes(direction)) {
    return reject('INVALID_PARAMETER', { field: 'direction', rule: OWN_WALLET_DIRECTIONS.join(', ') });
  }
  const asked = command.amount;
  if (asked !== undefined && (asked <= 0n || asked > MAX_TRANSFER_AMOUNT)) {
    return reject('OUT_OF_RANGE', { field: 'amount', rule: 'above 0, at most 1e13 USDT' });
  }
  const intoFunding = direction === 'CONTRACT_TO_FUNDING';
  const available = intoFunding ? ports.withdrawable(userId) : state.fundingWallets.of(userId).available;
  const amount = asked ?? money(available);
  if (amount > available) return reject('INSUFFICIENT_BALANCE', { field: 'amount', required: amount, available });
  if (amount !== 0n) {
    const change = { userId, changeType: direction, referenceId: 0 } as const;
    ports.moveWallet({ ...change, amount: intoFunding ? -amount : amount });
    changeFunding(turn, { ...change, amount: intoFunding ? amount : money(-amount) });
  }
  return { ok: true, kind: 'funds-moved', amount };
}
