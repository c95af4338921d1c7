import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A partner as the venue starts it, with the habits that the tests need: `GET /` answers its environment, `GET /crash` ends it.
 * `HABIT=silent` never gets ready, `HABIT=stubborn` does not heed SIGTERM, `HABIT=broken` ends at once.
 */
const habit = process.env['HABIT'];
if (habit === 'broken') process.exit(3);

process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => {
  if (habit !== 'stubborn') process.exit(0);
});
const server = createServer((request, response) => {
  if (request.url === '/crash') process.exit(1);
  response.end(JSON.stringify({ pid: process.pid, environment: process.env }));
});
server.listen(Number(process.env['PORT']), process.env['HOST'], () => {
  if (habit === 'silent') return;
  const { port } = server.address() as AddressInfo;
  process.send?.({ ready: `http://127.0.0.1:${port}` });
});
