import { describe, expect, it } from 'vitest';
import { FakeClock } from '../testing/index.ts';
import { BearerAuth, RENEW_AHEAD_INTERVAL_MS, RENEW_AHEAD_MS } from './bearer-auth.ts';

function scene(lifeMs = 1_800_000) {
  const clock = new FakeClock();
  const reasons: string[] = [];
  const faults: Error[] = [];
  const auth = new BearerAuth(async (reason) => {
    reasons.push(reason);
    const fault = faults.shift();
    if (fault !== undefined) throw fault;
    return { accessToken: `token-${reasons.length}`, accessExpire: (clock.nowMs() + lifeMs) / 1_000 };
  }, clock);
  return { clock, reasons, faults, auth };
}

describe('BearerAuth', () => {
  it('asks once for all that wait', async () => {
    const { auth, reasons } = scene();
    expect(await Promise.all([auth.token(), auth.token()])).toEqual(['token-1', 'token-1']);
    expect(reasons).toEqual(['initial']);
  });

  it('renews shortly before the end', async () => {
    const { auth, reasons, clock } = scene();
    await auth.token();
    await clock.advance(1_800_000 - RENEW_AHEAD_MS - 1);
    expect(await auth.token()).toBe('token-1');
    await clock.advance(1);
    expect(await auth.token()).toBe('token-2');
    expect(reasons).toEqual(['initial', 'refresh']);
  });

  it('does not renew with every call when the clocks disagree', async () => {
    const { auth, reasons, clock } = scene(-3_600_000);
    await auth.token();
    await clock.advance(RENEW_AHEAD_INTERVAL_MS - 1);
    await auth.token();
    expect(reasons).toEqual(['initial']);
    await clock.advance(1);
    await auth.token();
    await auth.token();
    expect(reasons).toEqual(['initial', 'refresh']);
  });

  it('gives the token of now to who comes late with an expired one', async () => {
    const { auth, reasons } = scene();
    const first = await auth.token();
    expect(await auth.renewed(first)).toBe('token-2');
    expect(await auth.renewed(first)).toBe('token-2');
    expect(reasons).toEqual(['initial', 'expired']);
  });

  it('passes the error of the provider on and asks anew with the next call', async () => {
    const { auth, faults } = scene();
    faults.push(new Error('no session'));
    const both = await Promise.allSettled([auth.token(), auth.token()]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await auth.token()).toBe('token-2');
  });

  it('does not keep what was asked for before it was told to forget', async () => {
    const { auth } = scene();
    const before = auth.token();
    auth.forget();
    expect(await before).toBe('token-1');
    expect(await auth.token()).toBe('token-2');
  });
});
