import { ZERO_MONEY } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import { type PrivateEntry, PrivateLog } from './private-log.ts';

const FIGURES = { wallet: ZERO_MONEY, frozen: ZERO_MONEY, used: ZERO_MONEY, available: ZERO_MONEY };
const entry = (userId: number, userSequence: number): PrivateEntry => ({
  timeMs: userSequence,
  event: { type: 'account-updated', userSequence, userId, reason: 'ORDER', account: FIGURES, positions: [] },
});
const sequences = (entries: readonly PrivateEntry[] | 'gone') =>
  entries === 'gone' ? 'gone' : entries.map((each) => each.event.userSequence);

describe('private log', () => {
  const filled = () => {
    const log = new PrivateLog({ perUser: 3, total: 6 });
    for (let n = 5; n <= 8; n++) log.append(entry(1, n));
    return log;
  };

  it('answers what came after a sequence, as far back as it is kept', () => {
    const log = filled();
    expect(sequences(log.since(1, 8))).toEqual([]);
    expect(sequences(log.since(1, 6))).toEqual([7, 8]);
    expect(sequences(log.since(1, 5))).toEqual([6, 7, 8]);
    expect(log.since(1, 4)).toBe('gone');
  });

  it('does not know of users without entries, nor of sequences ahead', () => {
    expect(filled().since(2, 0)).toBe('gone');
    expect(filled().since(1, 9)).toBe('gone');
  });

  it('at the limit of all, the user whose entries were used longest ago goes', () => {
    const log = filled();
    for (let n = 1; n <= 3; n++) log.append(entry(2, n));
    expect(log.size).toBe(6);
    log.since(1, 8);
    log.append(entry(3, 1));
    expect(log.since(2, 3)).toBe('gone');
    expect(sequences(log.since(1, 7))).toEqual([8]);
    expect(log.size).toBe(4);
  });

  it('refuses a gap', () => {
    expect(() => filled().append(entry(1, 10))).toThrow('missing');
  });
});
