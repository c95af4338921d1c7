import type { Core } from '@openvenue/core';
import type { World } from '../machine/world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LONGEST_MS = 2 * DAY_MS;

/**
 * Lets hours pass in which nobody did anything: the clock goes on to shortly before or after the next moment at which something is due,
 * or to any other. No fault: to the venue it is a quiet night.
 */
export function passTime({ clock, random: { users: random }, counters, note }: World, core: Core): void {
  const nowMs = Math.max(clock.nowMs(), core.timeMs);
  const symbols = core.exchange.symbols();
  const isAhead = (atMs: number): boolean => atMs > nowMs && atMs < nowMs + LONGEST_MS;
  const ends = symbols.flatMap(({ delistingAtMs }) => [delistingAtMs - HOUR_MS, delistingAtMs]).filter(isAhead);
  const others = [
    (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS,
    ...symbols.map(({ nextFundingAtMs }) => nextFundingAtMs).filter(isAhead),
  ];
  // One end after another: what lies between them is to be seen too.
  const due = ends.length > 0 && random.chance(1, 2) ? [Math.min(...ends)] : others;
  const toMs = random.chance(1, 6)
    ? nowMs + random.integer(1, 12 * HOUR_MS)
    : random.pick(due) + random.integer(-3_000, 1_000);
  const byMs = toMs - clock.nowMs();
  if (byMs <= 0) return;
  note(`${byMs} ms pass`);
  counters.add('met: hours passed');
  clock.jump(byMs);
}
