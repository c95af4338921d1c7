/** As the venue names them. `PROCESSING` is pending: the outcome is not known yet. */
export type TransferStatus = 'PROCESSING' | 'SUCCESS' | 'FAILED' | 'REVERSED' | 'DEAD';
/** `IN` is a deposit (partner to venue), `OUT` a withdrawal. */
export type TransferDirection = 'IN' | 'OUT';

/** What a report about a transfer changes. */
export type Verdict =
  /** The status goes on to what was reported. */
  | 'advance'
  /** The report says what is known, or something older: reports come more than once and in any order. */
  | 'known'
  /** The report cannot be true together with what is known; somebody must look at it. */
  | 'contradiction';

const SUCCESSORS: Readonly<Record<TransferStatus, readonly TransferStatus[]>> = {
  PROCESSING: ['SUCCESS', 'FAILED', 'REVERSED', 'DEAD'],
  SUCCESS: ['REVERSED'],
  FAILED: [],
  REVERSED: [],
  DEAD: [],
};

/** No status ever goes back. */
export function judge(current: TransferStatus, reported: TransferStatus): Verdict {
  if (SUCCESSORS[current].includes(reported)) return 'advance';
  const isOlder = reported === 'PROCESSING' || (current === 'REVERSED' && reported === 'SUCCESS');
  return reported === current || isOlder ? 'known' : 'contradiction';
}

/**
 * What a transfer of `amount` in this status has changed in the user's balance here. A deposit is taken at once, so that it cannot be
 * spent twice; a withdrawal is given only when the venue has said SUCCESS. A DEAD deposit stays taken until a person has found out
 * where the money is.
 */
export function balanceEffect(direction: TransferDirection, status: TransferStatus, amount: bigint): bigint {
  if (direction === 'OUT') return status === 'SUCCESS' ? amount : 0n;
  return status === 'FAILED' || status === 'REVERSED' ? 0n : -amount;
}
