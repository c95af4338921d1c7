import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { missingOutcomes } from '../packages/core/src/testing/oracle/outcomes.ts';
import { MARKET_KINDS } from '../packages/core/src/testing/oracle/random-market/market-terms.ts';
import { CLOSE_WATCH, type Finding, linesOf, shrunk } from '../packages/core/src/testing/oracle/whole-exchange.ts';
import { runVenues } from './venues.ts';

/**
 * Runs the fast core, the naive one and the oracle on the same seeded commands and ends with 1 at the first difference, or when a
 * long run has missed a kind of outcome. The commands are those of many venues, each with the next seed, in one thread per processor.
 */
const USAGE =
  'usage: node soak/core.ts [--commands 10000000] [--seed 1] [--each 50000] [--market wide|tight|crash] [--shrink-minutes 5]';
/** A shorter run may miss a rare outcome. */
const LONG_RUN = 1_000_000;

const { values } = parseArgs({
  options: {
    commands: { type: 'string', default: '10000000' },
    seed: { type: 'string', default: '1' },
    each: { type: 'string', default: '50000' },
    market: { type: 'string' },
    'shrink-minutes': { type: 'string', default: '5' },
  },
});
const commands = wholeNumber(values.commands);
const seed = wholeNumber(values.seed);
const shrinkMs = wholeNumber(values['shrink-minutes']) * 60_000;
const market = MARKET_KINDS.find((kind) => kind === values.market);
if (market === undefined && values.market !== undefined) refuse();

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const beganMs = Date.now();
const seconds = (): number => Math.max(1, Math.round((Date.now() - beganMs) / 1_000));
const report = await runVenues({
  commands,
  seed,
  each: wholeNumber(values.each),
  market,
  watch: CLOSE_WATCH,
  onVenue: (venue, done) =>
    say(`${done} of ${commands} commands, seed ${venue.seed} (${venue.kind}) done, ${Math.round(done / seconds())}/s`),
});
const amount = (kind: string): number => report.seen.get(kind) ?? 0;
const missing = missingOutcomes(report.seen);
if (report.finding !== undefined) explain(report.finding);
for (const kind of missing) say(`no outcome of the kind: ${kind}`);
const isOk = report.finding === undefined && report.drift === 0n && (missing.length === 0 || commands < LONG_RUN);
const figures = {
  seed,
  commands: report.commands,
  venues: report.venues,
  seconds: seconds(),
  rate: Math.round(report.commands / seconds()),
  trades: amount('trade'),
  closedPositions: amount('position-closed'),
  fundings: amount('funding-settled'),
  liquidationSteps: amount('partial liquidation') + amount('whole liquidation'),
  adl: amount('liquidated by ADL'),
  covers: amount('liquidation COVER CROSS') + amount('liquidation COVER ISOLATED'),
  endedSymbols: amount('delisting ENDED'),
  outcomes: report.seen.size,
  missing: missing.length,
  drift: report.drift,
};
say(
  `soak ${isOk ? 'OK' : 'FAILED'} ${Object.entries(figures)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')}`,
);
process.exitCode = isOk ? 0 : 1;

/** Says what was found, and leaves the fewest commands that show it in a file. */
function explain(finding: Finding): void {
  const { seed: own, kind, fault, journal } = finding;
  say(`DIFFERENCE seed ${own} (${kind}), command ${journal.length}: ${fault}`);
  const until = Date.now() + shrinkMs;
  const left = shrunk(finding, () => Date.now() > until);
  const file = join(mkdtempSync(join(tmpdir(), 'openvenue-soak-')), `${kind}-${own}.jsonl`);
  writeFileSync(file, linesOf(left));
  say(`${left.length} of its ${journal.length} commands show it, ${file}`);
}

function wholeNumber(text: string): number {
  return /^\d{1,12}$/.test(text) && Number(text) > 0 ? Number(text) : refuse();
}

function refuse(): never {
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}
