import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const WAIT_MS = 20_000;

/** A webhook as it came. */
export interface ReceivedWebhook {
  readonly timestamp: string;
  readonly nonce: string;
  readonly signature: string;
  readonly raw: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at bodies as any receiver does, without our types
  readonly body: any;
}

/** Where a partner takes webhooks: on a free port of this machine. It answers 204 to all. */
export async function receiveWebhooks() {
  const received: ReceivedWebhook[] = [];
  let look: () => void = () => undefined;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks).toString('utf8');
    const header = (name: string): string => String(request.headers[name]);
    received.push({
      timestamp: header('x-agent-timestamp'),
      nonce: header('x-agent-nonce'),
      signature: header('x-agent-signature'),
      raw,
      body: JSON.parse(raw),
    });
    response.writeHead(204).end();
    look();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/openvenue`,
    received,
    close: () => server.close(),
    /** The first webhook about this order, from those that came and those to come. */
    about: (orderNo: string): Promise<ReceivedWebhook> =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no webhook about ${orderNo} within ${WAIT_MS} ms`)), WAIT_MS);
        look = () => {
          const found = received.find(({ body }) => body.orderNo === orderNo);
          if (found === undefined) return;
          clearTimeout(timer);
          resolve(found);
        };
        look();
      }),
  };
}
