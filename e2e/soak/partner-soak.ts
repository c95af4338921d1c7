import { parseArgs } from 'node:util';
import { runSoak } from './run-soak.ts';

/** One kill for so many transfers, unless said otherwise. */
const TRANSFERS_PER_KILL = 250;
const USAGE = 'usage: node e2e/soak/partner-soak.ts [--transfers 5000] [--seed 1] [--kills 20]';

const { values } = parseArgs({
  options: { transfers: { type: 'string' }, seed: { type: 'string' }, kills: { type: 'string' } },
});
const transfers = wholeNumber(values.transfers ?? '5000');
const seed = wholeNumber(values.seed ?? '1');
const kills = wholeNumber(values.kills ?? String(Math.max(3, Math.floor(transfers / TRANSFERS_PER_KILL))));
const { figures, violations } = await runSoak({
  transfers,
  seed,
  kills,
  onProgress: (line) => process.stdout.write(`${line}\n`),
});
for (const line of violations.shown) process.stdout.write(`VIOLATION ${line}\n`);
const result = violations.total === 0 ? 'OK' : 'FAILED';
const words = Object.entries(figures).map(([name, value]) => `${name}=${value}`);
process.stdout.write(`soak:partner ${result} seed=${seed} ${words.join(' ')}\n`);
process.exitCode = violations.total === 0 ? 0 : 1;

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}
