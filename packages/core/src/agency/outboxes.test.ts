import { describe, expect, it } from 'vitest';
import { AGENCY_LIMITS } from './limits.ts';
import { Outboxes } from './outboxes.ts';

describe('the outboxes of all agents', () => {
  const outboxes = () => new Outboxes({ ...AGENCY_LIMITS, pendingWebhooksPerAgent: 2, pendingWebhooks: 3 });

  it('AGY-22: an agent without a webhook has room for its whole share, and for no more', () => {
    expect(outboxes().hasRoomFor(1, 2)).toBe(true);
    expect(outboxes().hasRoomFor(1, 3)).toBe(false);
  });

  it('AGY-22: what was delivered or has died makes room, of the agent and of all', () => {
    const all = outboxes();
    const webhook = (seq: number) => ({
      seq,
      orderId: seq,
      targetStatus: 'SUCCESS' as const,
      previousSeq: 0,
      sinceMs: 0,
      attempts: 0,
      nextAttemptAtMs: 0,
    });
    const rooms = () => [all.hasRoomFor(1, 1), all.hasRoomFor(2, 1), all.hasRoomFor(3, 1)];
    all.begin(1, webhook(1));
    all.begin(1, webhook(2));
    all.begin(2, webhook(1));
    expect(rooms()).toEqual([false, false, false]);
    all.bury(1, { ...webhook(1), diedAtMs: 0 });
    expect(rooms()).toEqual([true, true, true]);
    all.begin(2, webhook(2));
    expect(rooms()).toEqual([false, false, false]);
    all.deliver(2, 1);
    expect(rooms()).toEqual([true, true, true]);
    expect(all.hasRoomFor(3, 2)).toBe(false);
  });
});
