import type { Money } from '@openvenue/money';
import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';

/** The only currency of the venue. */
export const CURRENCY = 'USDT';

const TYPES = ['TRANSFER', 'REVERSE'] as const;
export const DIRECTIONS = ['IN', 'OUT'] as const;
const MODES = ['FIXED_AMOUNT', 'ALL_OUT'] as const;
export const STATUSES = ['SUCCESS', 'FAILED', 'REVERSED'] as const;
const FAIL_REASONS = ['', 'INSUFFICIENT_DEPOSIT', 'INSUFFICIENT_BALANCE'] as const;

export type TransferDirection = (typeof DIRECTIONS)[number];
/** A transfer is SUCCESS or FAILED from its first moment; SUCCESS can become REVERSED, and nothing else changes. */
export type TransferStatus = (typeof STATUSES)[number];
export type TransferMode = (typeof MODES)[number];
/** '' but for FAILED: the agent lacked deposit, or the user withdrawable balance. */
export type TransferFailReason = (typeof FAIL_REASONS)[number];

/** A transfer, or the reverse of one, as it is kept. Everything but status, link and webhook stays as it was. */
export interface TransferOrder {
  /** Counts up from 1 over all agents. */
  readonly orderId: number;
  readonly orderType: (typeof TYPES)[number];
  readonly agentId: number;
  readonly userId: number;
  /** The agent's own number. */
  readonly orderNo: string;
  /** Of a reverse: the direction of what it reverses, as are mode and amount. */
  readonly direction: TransferDirection;
  readonly transferMode: TransferMode;
  readonly amount: Money;
  readonly status: TransferStatus;
  readonly failReason: TransferFailReason;
  /** Of a reverse: the transfer it is for. Of a reversed transfer: its reverse. Else 0. */
  readonly linkedOrderId: number;
  /** Why it was reversed; '' for a transfer. */
  readonly reason: string;
  readonly createdAtMs: number;
  /** Sequence of the last webhook about it, in its agent's outbox. */
  readonly webhookSeq: number;
}

/** A transfer or reverse as everyone sees it. */
export interface TransferRecord extends Omit<TransferOrder, 'webhookSeq'> {
  readonly currency: typeof CURRENCY;
  /** The result is known with the command that brings the order, so this is when it was created. */
  readonly completedAtMs: number;
}

export function transferRecord(order: TransferOrder): TransferRecord {
  return {
    orderId: order.orderId,
    orderType: order.orderType,
    agentId: order.agentId,
    userId: order.userId,
    orderNo: order.orderNo,
    direction: order.direction,
    transferMode: order.transferMode,
    currency: CURRENCY,
    amount: order.amount,
    status: order.status,
    failReason: order.failReason,
    linkedOrderId: order.linkedOrderId,
    reason: order.reason,
    createdAtMs: order.createdAtMs,
    completedAtMs: order.createdAtMs,
  };
}

/** What the order answered when it was new. */
export const firstStatus = ({ status }: Pick<TransferOrder, 'status'>): 'SUCCESS' | 'FAILED' =>
  status === 'FAILED' ? 'FAILED' : 'SUCCESS';

/** What a ledger calls a move by the order. */
export const changeTypeOf = ({ orderType, direction }: Pick<TransferOrder, 'orderType' | 'direction'>) =>
  orderType === 'REVERSE' ? 'TRANSFER_REVERSE' : direction === 'IN' ? 'TRANSFER_IN' : 'TRANSFER_OUT';

/** `previousMs`: when the order before it was created; times are written as differences, which are small. */
export function saveOrder(writer: StateWriter, order: TransferOrder, previousMs: number): void {
  writer.uint(TYPES.indexOf(order.orderType));
  writer.uint(DIRECTIONS.indexOf(order.direction));
  writer.uint(MODES.indexOf(order.transferMode));
  writer.uint(STATUSES.indexOf(order.status));
  writer.uint(FAIL_REASONS.indexOf(order.failReason));
  writer.uint(order.agentId);
  writer.uint(order.userId);
  writer.text(order.orderNo);
  writer.bigint(order.amount);
  writer.uint(order.linkedOrderId);
  writer.text(order.reason);
  writer.uint(order.createdAtMs - previousMs);
  writer.uint(order.webhookSeq);
}

export function loadOrder(reader: StateReader, orderId: number, previousMs: number): TransferOrder {
  return {
    orderId,
    orderType: loadOne(reader, TYPES),
    direction: loadOne(reader, DIRECTIONS),
    transferMode: loadOne(reader, MODES),
    status: loadOne(reader, STATUSES),
    failReason: loadOne(reader, FAIL_REASONS),
    agentId: reader.uint(),
    userId: reader.uint(),
    orderNo: reader.text(),
    amount: reader.bigint() as Money,
    linkedOrderId: reader.uint(),
    reason: reader.text(),
    createdAtMs: previousMs + reader.uint(),
    webhookSeq: reader.uint(),
  };
}

/** Reads the place of a value in the list it is from. */
export function loadOne<T>(reader: StateReader, values: readonly T[]): T {
  const index = reader.uint();
  const value = values[index];
  if (value === undefined) throw new RangeError(`snapshot names value ${index} of ${values.length}`);
  return value;
}
