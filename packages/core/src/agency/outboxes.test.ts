import { describe, expect, it } from 'vitest';
import { AGENCY_LIMITS } from './limits.ts';
import { Outboxes } from './outboxes.ts';

describe('the outboxes of all agents', () => {
  const outboxes = () => new Outboxes({ ...AGENCY_LIMITS, pendingWebhooksPerAgent: 2, pendingWebhooks: 3 });

  it('AGY-22: an agent without a webhook has room for its whole share, and for no more', () => {
    expect(outboxes().hasRoomFor(1, 2)).toBe(true);
    expect(outboxes().hasRoomFor(1, 3)).toBe(false);
  });
});
