import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { RequestIds } from './request-id.ts';

describe('ids of requests', () => {
  it('never repeat, and are drawn many at a time', () => {
    let draws = 0;
    const ids = new RequestIds((bytes) => {
      draws += 1;
      return randomBytes(bytes);
    });
    const made = Array.from({ length: 1_000 }, () => ids.next());
    expect(new Set(made).size).toBe(1_000);
    for (const id of made) expect(id).toMatch(/^req-[0-9a-f]{24}$/);
    expect(draws).toBe(4);
  });

  it("are the client's where he gives a good one", () => {
    const ids = new RequestIds(randomBytes);
    expect(ids.of('bot:7.a_B-1')).toBe('bot:7.a_B-1');
    for (const given of [undefined, '', 'a b', 'x'.repeat(129), ['a', 'b']]) expect(ids.of(given)).toMatch(/^req-/);
  });
});
