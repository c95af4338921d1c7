import { agentOperations } from '@openvenue/contract';

const { transfer, transferAllOut, reverse, queryOrder, walletTransfer, walletTransferStatus } = agentOperations;
const { bindUser, queryUserAssets, setCredentials, disableUser, agentEvents } = agentOperations;
const { createEntryUrl, createEmbedToken } = agentOperations;
const { perpetualCurrentOrders, perpetualOrderHistory, perpetualTrades } = agentOperations;
const USER = { agentUserId: 'carol' };

/** A body by the path of its call, for one after the other in the order of the call table; a call that is not named takes none. */
export const SAMPLE_BODIES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  [bindUser.path]: USER,
  [transfer.path]: { agentOrderNo: 'S-1', ...USER, direction: 'IN', amount: '10' },
  [transferAllOut.path]: { agentOrderNo: 'S-2', ...USER },
  [reverse.path]: { origOrderNo: 'S-2', reverseOrderNo: 'R-1', reverseReason: 'sample' },
  [queryOrder.path]: { orderNo: 'S-1', orderType: 'TRANSFER_IN' },
  [queryUserAssets.path]: { platformUserId: '1188041528' },
  [walletTransfer.path]: { agentOrderNo: 'S-3', ...USER, direction: 'PARTNER_TO_FUNDING', amount: '10' },
  [walletTransferStatus.path]: { agentOrderNo: 'S-3' },
  [setCredentials.path]: { ...USER, username: 'carol.77', password: 'open sesame' },
  [disableUser.path]: { ...USER, disabled: false },
  [agentEvents.path]: { afterSeq: 0 },
  [createEntryUrl.path]: USER,
  [createEmbedToken.path]: { ...USER, channelId: 'tw_1' },
  [perpetualCurrentOrders.path]: { orderCategory: 'NORMAL' },
  [perpetualOrderHistory.path]: { orderCategory: 'NORMAL' },
  [perpetualTrades.path]: { platformUserIds: ['1188041528'] },
};
