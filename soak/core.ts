import { parseArgs } from 'node:util';
import { MARKET_KINDS, type MarketKind } from '../packages/core/src/testing/oracle/random-market.ts';
import {
  CLOSE_WATCH,
  type Finding,
  linesOf,
  runWholeExchange,
  shrunk,
} from '../packages/core/src/testing/oracle/whole-exchange.ts';

/**
 * Runs the fast core, the naive one and the oracle on the same seeded commands and ends with 1 at the first difference:
 * `node soak/core.ts --commands 10000000 --seed 1`. The commands are those of many venues of `--each` commands, one after the
 * other, each with the next seed and the kinds of markets in turn, so that what is found has a short journal; `--market` keeps
 * to one of them.
 */
const SHRINK_MS = 10 * 60 * 1_000;

const { values } = parseArgs({
  options: {
    commands: { type: 'string', default: '10000000' },
    seed: { type: 'string', default: '1' },
    each: { type: 'string', default: '200000' },
    market: { type: 'string' },
  },
});
const [commands, firstSeed, each] = [values.commands, values.seed, values.each].map((text) => {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) throw new RangeError(`${text} is not a whole number above 0`);
  return count;
}) as [number, number, number];
const market = MARKET_KINDS.find((kind) => kind === values.market);
if (market === undefined && values.market !== undefined)
  throw new RangeError(`--market is one of ${MARKET_KINDS.join(', ')}, not ${values.market}`);

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const beganMs = Date.now();
const seconds = (): number => (Date.now() - beganMs) / 1_000;
const seen = new Map<string, number>();

process.exitCode = soak();

function soak(): number {
  let done = 0;
  let venues = 0;
  for (let seed = firstSeed; done < commands; seed++) {
    const kind: MarketKind = market ?? (MARKET_KINDS[seed % MARKET_KINDS.length] as MarketKind);
    const run = runWholeExchange({ seed, kind, commands: Math.min(each, commands - done), watch: CLOSE_WATCH });
    venues++;
    if (run.finding !== undefined) return report(run.finding);
    for (const [event, count] of run.seen) seen.set(event, (seen.get(event) ?? 0) + count);
    done += Math.min(each, commands - done);
    const rate = Math.round(done / seconds());
    say(`${done} of ${commands} commands, seed ${seed} (${kind}) done, ${rate}/s, ${amount('trade')} trades`);
  }
  say(
    `no difference: ${done} commands, ${venues} venues from seed ${firstSeed}, ${Math.round(seconds())} s, ` +
      `${amount('trade')} trades, ${amount('position-closed')} closed positions, ${amount('funding-settled')} fundings, ` +
      `${amount('delisting ENDED')} ended symbols, ${seen.size} kinds of outcomes`,
  );
  return 0;
}

function amount(kind: string): number {
  return seen.get(kind) ?? 0;
}

function report(finding: Finding): number {
  const { seed, kind, fault, journal } = finding;
  say(`seed ${seed} (${kind}), command ${journal.length}: ${fault}`);
  say('shrinking the journal');
  const until = Date.now() + SHRINK_MS;
  const left = shrunk(finding, () => Date.now() > until);
  say(linesOf(left));
  say(`difference: seed ${seed} (${kind}), command ${journal.length}; ${left.length} commands show it: ${fault}`);
  return 1;
}
