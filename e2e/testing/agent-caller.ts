import { createHmac, randomBytes } from 'node:crypto';

/** A partner's back end, written from the contract alone: signs a body and sends it. */
export class AgentCaller {
  readonly #url: string;
  readonly #agentCode: string;
  readonly #apiSecret: string;

  constructor(venue: { readonly url: string; readonly agentCode: string; readonly apiSecret: string }) {
    this.#url = venue.url;
    this.#agentCode = venue.agentCode;
    this.#apiSecret = venue.apiSecret;
  }

  // biome-ignore lint/suspicious/noExplicitAny: tests look at replies as any client does, without our types
  async call(path: string, fields: Readonly<Record<string, string | number>>): Promise<any> {
    const unsigned: Record<string, string | number> = {
      timestamp: Math.floor(Date.now() / 1_000),
      ...fields,
      agentCode: this.#agentCode,
      nonce: randomBytes(16).toString('hex'),
    };
    const payload = Object.keys(unsigned)
      .sort()
      .map((name) => `${name}=${unsigned[name]}`)
      .join('&');
    const sign = createHmac('sha256', this.#apiSecret).update(payload).digest('hex');
    const reply = await fetch(`${this.#url}/v1/agent/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...unsigned, sign }),
    });
    if (reply.status !== 200) throw new Error(`${path} answered ${reply.status}`);
    return reply.json();
  }
}
