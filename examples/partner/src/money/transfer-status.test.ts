import { describe, expect, it } from 'vitest';
import { balanceEffect, judge, type TransferStatus, type Verdict } from './transfer-status.ts';

const STATUSES: readonly TransferStatus[] = ['PROCESSING', 'SUCCESS', 'FAILED', 'REVERSED', 'DEAD'];

describe('the status of a transfer', () => {
  it.each<[TransferStatus, readonly Verdict[]]>([
    // Reported: PROCESSING, SUCCESS, FAILED, REVERSED, DEAD.
    ['PROCESSING', ['known', 'advance', 'advance', 'advance', 'advance']],
    ['SUCCESS', ['known', 'known', 'contradiction', 'advance', 'contradiction']],
    ['FAILED', ['known', 'contradiction', 'known', 'contradiction', 'contradiction']],
    ['REVERSED', ['known', 'known', 'contradiction', 'known', 'contradiction']],
    ['DEAD', ['known', 'contradiction', 'contradiction', 'contradiction', 'known']],
  ])('%s goes on only', (current, verdicts) =>
    expect(STATUSES.map((reported) => judge(current, reported))).toEqual(verdicts),
  );

  it('is what the balance follows', () => {
    expect(STATUSES.map((status) => balanceEffect('IN', status, 5n))).toEqual([-5n, -5n, 0n, 0n, -5n]);
    expect(STATUSES.map((status) => balanceEffect('OUT', status, 5n))).toEqual([0n, 5n, 0n, 0n, 0n]);
  });
});
