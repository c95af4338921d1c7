import { parseArgs } from 'node:util';
import { machine, median, print, rounded } from '../bench/src/figures.ts';
import { BOUND_BYTES, type PublicRound, soakReaders } from './readers/run.ts';

/**
 * Runs the whole venue with many WebSocket readers of whom some stop reading, beside the same without that, and ends with 1 when a
 * reader misses anything or more waits for one than may. What the ratio of the delays comes to is printed: it says something on a machine
 * that does nothing else.
 */
const USAGE = 'usage: node soak/readers.ts [--sockets 5000] [--stalled 1000] [--rounds 3] [--private 10]';

const { values } = parseArgs({
  options: {
    sockets: { type: 'string', default: '5000' },
    stalled: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '3' },
    private: { type: 'string', default: '10' },
  },
});
const [sockets, stalled] = [wholeNumber(values.sockets), wholeNumber(values.stalled)];

print(machine());
const { publicRounds, privateRound } = await soakReaders(
  {
    sockets,
    stalled,
    privateUsers: wholeNumber(values.private),
    snapshots: 150,
    orderLives: 1_200,
    measuredMs: 10_000,
    rounds: wholeNumber(values.rounds),
  },
  (round) => print(lineOf(round)),
);
const p99Of = (isStalled: boolean): number =>
  median(publicRounds.filter((round) => round.stalled > 0 === isStalled).map(({ p99Ms }) => p99Ms));
const [without, beside] = [p99Of(false), p99Of(true)];
print(`p99 of delivery: ${without.toFixed(1)} ms without stalled readers, ${beside.toFixed(1)} ms beside them`);
print(`ratio ${(beside / without).toFixed(3)}, wanted at most 1.10`);
print(
  `private: ${rounded(privateRound.events)} events; ${privateRound.complete} readers got all as they came, ` +
    `${privateRound.cutOff} that stood were cut off, ${privateRound.resumed} of them have all after they came back, ` +
    `${privateRound.gaps} gaps, at most ${rounded(privateRound.peakBytes)} bytes kept for one`,
);
const missing = publicRounds.reduce(
  (sum, { gaps, behind, stalledGaps, stalledBehind }) => sum + gaps + behind + stalledGaps + stalledBehind,
  privateRound.gaps,
);
const peakBytes = Math.max(privateRound.peakBytes, ...publicRounds.map((round) => round.peakBytes));
const isOk = missing === 0 && peakBytes <= BOUND_BYTES && privateRound.resumed === wholeNumber(values.private);
print(`readers ${isOk ? 'OK' : 'FAILED'} missing=${missing} peakBytes=${peakBytes} boundBytes=${BOUND_BYTES}`);
process.exitCode = isOk ? 0 : 1;

function lineOf(round: PublicRound): string {
  return [
    `${round.stalled} of ${sockets} stalled: p50 ${round.p50Ms.toFixed(1)} ms, p99 ${round.p99Ms.toFixed(1)} ms of ${rounded(round.delivered)} messages`,
    `${round.gaps} gaps, ${round.behind} behind; of those that stalled ${round.stalledGaps} gaps, ${round.stalledBehind} behind`,
    `${round.waitingSockets} sockets wait with ${rounded(round.waitingBytes)} bytes, ${rounded(round.peakBytes)} at most`,
    `${rounded(round.residentBytes / 1_048_576)} MiB resident, ${Math.round(round.cpuShare * 100)} % of a processor`,
  ].join('; ');
}

function wholeNumber(text: string): number {
  if (/^\d{1,6}$/.test(text) && Number(text) > 0) return Number(text);
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}
