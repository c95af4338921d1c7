import { type Rejected, reject } from '../../reject.ts';
import type { Account } from '../accounts/account.ts';

/** Whether a clientOrderId is taken: orders, conditions and legs of a user have one name space (MAT-11). '' is none. */
export function repeatFault(account: Account, clientOrderId: string): Rejected | undefined {
  if (clientOrderId === '') return undefined;
  const orderId = account.orderByClientId.get(clientOrderId)?.orderId;
  const { conditionIdByClientId } = account;
  const conditionId = conditionIdByClientId.size === 0 ? undefined : conditionIdByClientId.get(clientOrderId);
  if (orderId === undefined && conditionId === undefined) return undefined;
  return reject('DUPLICATE_CLIENT_ORDER_ID', {
    field: 'clientOrderId',
    value: clientOrderId,
    ...(orderId === undefined ? {} : { orderId }),
    ...(conditionId === undefined ? {} : { conditionId }),
    rule: 'taken by an open order or one ended in the last 24 h',
  });
}
