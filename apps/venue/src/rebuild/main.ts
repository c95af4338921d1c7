import '../require-node.js';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { rebuildHistory } from './rebuild-history.ts';

/** `npm run rebuild-history -- --data FOLDER`, for a venue that is stopped. Ends with 1 when the new history is another than the old one. */
const { values } = parseArgs({ options: { data: { type: 'string' } } });
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
if (values.data === undefined) {
  process.stderr.write('usage: npm run rebuild-history -- --data FOLDER\n');
  process.exit(2);
}
try {
  const { sequence, before, distrusted, after } = await rebuildHistory(resolve(values.data));
  say(`the history was rebuilt from the log up to sequence ${sequence}`);
  if (before === undefined) say(`there was none to compare it with (${distrusted})`);
  let differing = 0;
  for (const [table, digest] of after) {
    const isEqual = before === undefined || before.get(table) === digest;
    if (!isEqual) differing++;
    say(
      `${table.padEnd(20)} ${before?.get(table) ?? '-'.padEnd(64)} ${digest} ${isEqual ? '' : 'DIFFERENT'}`.trimEnd(),
    );
  }
  if (differing > 0) say(`${differing} tables were other than the log says`);
  process.exit(differing > 0 ? 1 : 0);
} catch (error) {
  process.stderr.write(`the history was not rebuilt: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
