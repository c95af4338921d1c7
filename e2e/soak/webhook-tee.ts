import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SeededRandom } from '@openvenue/core/testing';
import type { Reply } from './patient-caller.ts';
import type { Violations } from './violations.ts';

const PATH = '/webhooks/openvenue';
const FAILING_PERCENT = 20;

export interface TeeOptions {
  readonly violations: Violations;
  readonly random: SeededRandom;
  readonly port: number;
}

/** A receiver that fails now and then, remembers what it has acknowledged, and passes everything on to the partner. */
export class WebhookTee {
  readonly #options: TeeOptions;
  readonly #server;
  /** Signs the webhooks; known once the venue has told it. */
  apiSecret: string | undefined;
  /** Where everything is passed on to, whose answer then counts; nowhere when undefined. */
  forwardTo: string | undefined;
  isFailing = true;
  deliveries = 0;
  failures = 0;
  /** What was acknowledged, by its idempotency key, in the order in which it first came. */
  readonly acknowledged = new Map<string, Reply>();

  constructor(options: TeeOptions) {
    this.#options = options;
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const status = await this.#receive(Buffer.concat(chunks), request.headers);
      response.writeHead(status).end();
    });
  }

  /** @returns the address that the venue is told */
  async start(): Promise<string> {
    this.#server.listen(this.#options.port, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${PATH}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #receive(raw: Buffer, headers: IncomingHttpHeaders): Promise<number> {
    const { random } = this.#options;
    this.deliveries++;
    const dice = this.isFailing ? random.integer(1, 100) : 100;
    // Some fail before anything was done, some after everything was: the venue must come again in either case.
    const status = dice <= FAILING_PERCENT / 2 ? 503 : await this.#take(raw, headers);
    if (status < 300 && dice > FAILING_PERCENT) return status;
    this.failures++;
    return status < 300 ? 500 : status;
  }

  async #take(raw: Buffer, headers: IncomingHttpHeaders): Promise<number> {
    const { violations } = this.#options;
    const { 'x-agent-timestamp': timestamp, 'x-agent-nonce': nonce, 'x-agent-signature': signature } = headers;
    if (this.apiSecret !== undefined) {
      const signed = createHmac('sha256', this.apiSecret).update(`${timestamp}${nonce}`).update(raw).digest('hex');
      if (signature !== signed) violations.add('webhook', `a wrong signature on ${raw.toString('utf8')}`);
    }
    const body = JSON.parse(raw.toString('utf8')) as Reply;
    const key = `${body['orderType']}:${body['orderId']}:${body['targetStatus']}`;
    const before = this.acknowledged.get(key);
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(body))
      violations.add('webhook', `${key} came with two contents`);
    const isEarly =
      body['targetStatus'] === 'REVERSED' && !this.acknowledged.has(`transfer:${body['orderId']}:SUCCESS`);
    if (isEarly) violations.add('webhook', `${key} came before its SUCCESS was acknowledged`);
    const status = await this.#forward(raw, headers);
    if (status < 300 && before === undefined) this.acknowledged.set(key, body);
    return status;
  }

  async #forward(raw: Buffer, headers: IncomingHttpHeaders): Promise<number> {
    if (this.forwardTo === undefined) return 204;
    const passed = Object.entries(headers).filter(([name]) => name.startsWith('x-agent-') || name === 'content-type');
    try {
      const headersOn = Object.fromEntries(passed.map(([name, value]) => [name, String(value)]));
      const reply = await fetch(this.forwardTo, { method: 'POST', headers: headersOn, body: new Uint8Array(raw) });
      await reply.arrayBuffer();
      return reply.status;
    } catch (error) {
      // The partner is being killed: what it has not acknowledged is not acknowledged.
      if (error instanceof TypeError) return 502;
      throw error;
    }
  }
}
