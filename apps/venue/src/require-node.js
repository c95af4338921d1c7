// Ends the process with a clear message where Node is older than the root's package.json asks for. JavaScript, because a Node that is too
// old may not read TypeScript; imported first, before anything that would fail without saying why.
import { readFileSync } from 'node:fs';

const { engines } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
const oldest = engines.node.replace('>=', '');
const [major, minor] = process.versions.node.split('.').map(Number);
const [oldestMajor, oldestMinor] = oldest.split('.').map(Number);
if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
  process.stderr.write(`OpenVenue needs Node ${oldest} or newer, and this is ${process.versions.node}.\n`);
  process.exit(1);
}
