/**
 * Keeps the order book of a symbol true: checks that every update joins the one before and fits its checksum, and heals itself by a
 * new snapshot when one does not. Prints the best prices and ends after some changes.
 * `node examples/developer/src/order-book.ts [address of the venue] [changes]`
 */
import { createStream, openDepthBook } from '@openvenue/api-client';

const [baseUrl = 'http://127.0.0.1:8080', changes = '20'] = process.argv.slice(2);

const stream = createStream({ url: `${baseUrl}/ws` });
const book = openDepthBook(stream, { symbol: 'BTCUSDT' });
let left = Number(changes);
book.onChange(() => {
  if (book.status !== 'live') return;
  const [bid] = book.bids(1);
  const [ask] = book.asks(1);
  process.stdout.write(`version ${book.version}: ${bid?.join(' x ')} | ${ask?.join(' x ')}\n`);
  left -= 1;
  if (left === 0) stream.close();
});
