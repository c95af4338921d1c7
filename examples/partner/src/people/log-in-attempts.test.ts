import { beforeEach, describe, expect, it } from 'vitest';
import {
  FAILURE_WINDOW_MS,
  LogInAttempts,
  MAX_COUNTERS,
  MAX_FAILURES,
  MAX_FAILURES_FROM_ADDRESS,
} from './log-in-attempts.ts';

let nowMs: number;
let attempts: LogInAttempts;
beforeEach(() => {
  nowMs = 0;
  attempts = new LogInAttempts(() => nowMs);
});

const tries = (count: number, logIn: (n: number) => { username: string; address: string }) =>
  Array.from({ length: count }, (_, n) => attempts.begin(logIn(n))).filter((allowed) => allowed).length;

describe('attempts to sign in', () => {
  it('end per name and address, and begin again after the window', () => {
    const dave = { username: 'dave', address: '1' };
    expect(tries(50, () => dave)).toBe(MAX_FAILURES_FROM_ADDRESS);
    expect(attempts.begin({ ...dave, address: '2' })).toBe(true);
    nowMs = FAILURE_WINDOW_MS;
    expect(attempts.begin(dave)).toBe(true);
  });

  it('end per name from everywhere, and per address for every name', () => {
    expect(tries(500, (n) => ({ username: 'dave', address: String(n) }))).toBe(MAX_FAILURES);
    expect(tries(500, (n) => ({ username: String(n), address: 'x' }))).toBe(MAX_FAILURES);
  });

  it('do not end for who knows the password', () => {
    const carol = { username: 'carol', address: '1' };
    for (let count = 0; count < 300; count += 1) {
      expect(attempts.begin(carol)).toBe(true);
      attempts.succeed(carol);
    }
  });

  it('are refused when they can no longer be counted', () => {
    const each = (n: number) => ({ username: `u${n}`, address: `a${n}` });
    expect(tries(MAX_COUNTERS, each)).toBe(Math.floor(MAX_COUNTERS / 3));
    nowMs = FAILURE_WINDOW_MS;
    expect(attempts.begin(each(MAX_COUNTERS + 1))).toBe(true);
  });
});
