import { parseArgs } from 'node:util';
import { machine, median, print, rounded } from '../bench/src/figures.ts';
import type { LoadFigures } from '../bench/src/tally.ts';
import { EXCESS, type OverloadRound, soakOverload } from './overload/run.ts';

/**
 * Offers the running venue three times the orders that it can take and ends with 1 when an order is refused in another way than as
 * overload, or a cancel is not served. The ratio of delays is printed: it says something on a machine that does nothing else.
 */
const USAGE = 'usage: node soak/overload.ts [--factor 3] [--rounds 3] [--connections 1500]';

const { values } = parseArgs({
  options: {
    factor: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '1500' },
  },
});
const CANCELS = 100;

print(machine());
const rounds = await soakOverload(
  {
    connections: wholeNumber(values.connections),
    factor: wholeNumber(values.factor),
    measuredMs: 5_000,
    cancels: CANCELS,
    rounds: wholeNumber(values.rounds),
  },
  (round) => print(lineOf(round)),
);
const ratio = median(rounds.map(({ capacity, overload }) => overload.acceptedP99Ms / capacity.acceptedP99Ms));
const strange = rounds.flatMap(({ overload }) => overload.refused).filter(([reason]) => !EXCESS.has(reason));
const lost = rounds.reduce((sum, { canceled }) => sum + CANCELS - canceled, 0);
for (const [reason, count] of strange) print(`refused otherwise: ${count} x ${reason}`);
print(`p99 of accepted orders by that at capacity: ${ratio.toFixed(2)}, wanted at most 2`);
const isOk = strange.length === 0 && lost === 0;
print(`overload ${isOk ? 'OK' : 'FAILED'} cancelsNotServed=${lost}`);
process.exitCode = isOk ? 0 : 1;

function lineOf(round: OverloadRound): string {
  const { capacity, overload } = round;
  const refused = refusedOf(overload);
  const refusedAtCapacity = refusedOf(capacity);
  const percent = (share: number): string => (share * 100).toFixed(1);
  const mib = (bytes: number): string => rounded(bytes / 1_048_576);
  return [
    `capacity, ${round.connections} connections: ${rounded(capacity.acceptedPerSecond)}/s, ${rounded(refusedAtCapacity)} refused, p99 ${capacity.acceptedP99Ms.toFixed(1)} ms`,
    `offered ${rounded(round.offeredPerSecond)}/s: ${rounded(overload.acceptedPerSecond)} accepted/s, p99 ${overload.acceptedP99Ms.toFixed(1)} ms`,
    `${rounded(refused)} refused, p99 ${overload.refusedP99Ms.toFixed(1)} ms`,
    `${round.canceled} cancels, p99 ${round.cancelP99Ms.toFixed(1)} ms`,
    `${mib(round.residentBefore)} to ${mib(round.residentAfter)} MiB`,
    `${rounded(round.capacityMicros)} us of processor an order at capacity, ${rounded(round.overloadMicros)} us a reply under overload`,
    `load ${percent(overload.ownLoad)} % busy, own delay p99 ${overload.ownDelayP99Ms.toFixed(1)} ms, ${percent(overload.heldBack)} % held back`,
  ].join('; ');
}

function refusedOf({ refused }: LoadFigures): number {
  return refused.reduce((sum, [, count]) => sum + count, 0);
}

function wholeNumber(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) > 0) return Number(text);
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}
