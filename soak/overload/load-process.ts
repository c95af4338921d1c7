import { load } from '../../bench/src/http-load.ts';
import { orderBody } from '../../bench/src/orders.ts';
import type { LoadFigures, LoadShape } from '../../bench/src/tally.ts';
import { serveJobs } from '../child.ts';

/** Orders of these users, in turn, as a load of this shape. */
export interface OrdersJob {
  readonly run: string;
  readonly port: number;
  readonly tokens: readonly string[];
  readonly shape: LoadShape;
}

serveJobs(({ run, port, tokens, shape }: OrdersJob): Promise<LoadFigures> => {
  let count = 0;
  // Signing would cost the load more than the venue's refusals cost the venue.
  const nextRequest = (): string => {
    const body = orderBody(`${run}-${++count}`);
    return [
      'POST /v1/private/order/place HTTP/1.1',
      'Host: 127.0.0.1',
      `Authorization: Bearer ${tokens[count % tokens.length]}`,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      `\r\n${body}`,
    ].join('\r\n');
  };
  return load({ port, nextRequest }, shape);
});
