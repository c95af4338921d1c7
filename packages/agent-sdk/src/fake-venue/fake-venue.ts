import assert from 'node:assert';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, sleep, systemClock } from '../clock.ts';
import { FakeAgent, type FakeUser, MAX_SECRETS } from './agents.ts';
import { authenticate } from './authenticate.ts';
import { CALLS } from './calls.ts';
import { type Fault, FaultQueue } from './faults.ts';
import { FakeLedger, type Hold } from './ledger.ts';
import { Refusal } from './refusal.ts';
import { parseSignedBody } from './signed-body.ts';
import { formatUnits, parseUnits } from './units.ts';
import { type WebhookDelivery, WebhookSender } from './webhook-sender.ts';

/** Agents of one fake venue. */
export const MAX_AGENTS = 100;
/** Requests that {@link FakeVenue.requests} keeps; the oldest are dropped. */
export const MAX_KEPT_REQUESTS = 10_000;
/** Largest request body, in bytes. */
export const MAX_BODY_BYTES = 64 * 1024;

export interface FakeVenueOptions {
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** How far a timestamp may be off, in seconds; default 300. */
  readonly windowSeconds?: number;
  /** `false` leaves the `Date` header out of every answer. */
  readonly sendsDate?: boolean;
}

export interface FakeAgentSetup {
  readonly agentCode: string;
  readonly apiSecret: string;
  /** Decimal string, default `1000000`. */
  readonly depositBalance?: string;
  readonly webhookUrl?: string;
}

export interface UserName {
  readonly agentCode: string;
  readonly agentUserId: string;
}

export interface ReceivedRequest {
  /** Without the prefix `/agent` of the whole Agent API. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** A venue for partners' tests: the Agent API over HTTP on 127.0.0.1, with everything in memory. */
export interface FakeVenue {
  readonly baseUrl: string;
  /** The calls that arrived, oldest first. */
  readonly requests: readonly ReceivedRequest[];
  /** The attempts to deliver webhooks, oldest first. */
  readonly deliveries: readonly WebhookDelivery[];
  addAgent(setup: FakeAgentSetup): void;
  /** The secrets that are valid from now on, one or two; webhooks are signed with the first. */
  setSecrets(agentCode: string, secrets: readonly string[]): void;
  setAgentDisabled(agentCode: string, disabled: boolean): void;
  setWebhookUrl(agentCode: string, url: string): void;
  depositOf(agentCode: string): string;
  walletsOf(user: UserName): { readonly contract: string; readonly funding: string };
  /** Sets the user's contract wallet, as if he had traded. */
  setContractBalance(user: UserName, balance: string): void;
  /** Programs what the next matching requests meet. */
  inject(fault: Fault): void;
  clearFaults(): void;
  /** Ends the wait of an order that is `PROCESSING`. */
  resolveOrder(agentCode: string, orderNo: string): void;
  /** Delivers an event again, as a replay by hand. `seq` as in `deliveries`. */
  redeliver(seq: number): void;
  /** Resolves when no webhook is waiting or under way. */
  webhooksIdle(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a fake venue on a free port of 127.0.0.1. */
export async function startFakeVenue(options: FakeVenueOptions = {}): Promise<FakeVenue> {
  const clock = options.clock ?? systemClock;
  const windowSeconds = options.windowSeconds ?? 300;
  const agents = new Map<string, FakeAgent>();
  const webhooks = new WebhookSender(clock);
  const ledger = new FakeLedger(clock, (event, agent) => webhooks.announce(event, agent));
  const faults = new FaultQueue();
  const requests: ReceivedRequest[] = [];
  const closing = new AbortController();
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.sendDate = false;
    if (options.sendsDate !== false) response.setHeader('date', new Date(clock.now()).toUTCString());
    response.setHeader('x-request-id', randomUUID());
    const path = (request.url ?? '/').replace(/^\/agent(?=\/)/, '').replace(/\?.*$/, '');
    if (request.method === 'GET') return serveUnsigned(path, response);
    const raw = await readBody(request);
    if (raw === undefined) return reply(response, 413, 'too large');
    const body = parseSignedBody(raw);
    requests.push({ path, body: body?.fields });
    if (requests.length > MAX_KEPT_REQUESTS) requests.shift();
    const fault = faults.take(path);
    if (await interrupts(fault, 'before', response)) return;
    const text = JSON.stringify(answer({ path, raw }, fault));
    if (await interrupts(fault, 'after', response)) return;
    if (fault?.kind === 'cut-reply') return reply(response, 200, text.slice(0, text.length / 2));
    return reply(response, path in CALLS ? 200 : 404, text);
  }

  function serveUnsigned(path: string, response: ServerResponse): void {
    const timestamp = Math.floor(clock.now() / 1000);
    const answers: Readonly<Record<string, unknown>> = {
      '/version': { service: 'fake-venue', version: '0.1.0', commit: '', date: '' },
      '/v1/time': { code: 0, message: 'success', data: { timestamp }, requestId: '' },
    };
    const found = answers[path];
    if (found === undefined) reply(response, 404, 'not found');
    else reply(response, 200, JSON.stringify(found));
  }

  /** Whether the fault ends the exchange at this point. */
  async function interrupts(
    fault: Fault | undefined,
    when: 'before' | 'after',
    response: ServerResponse,
  ): Promise<boolean> {
    if (fault === undefined) return false;
    if (fault.kind === 'delay' && fault.when === when) await sleep(clock, fault.delayMs, closing.signal);
    if (fault.kind === 'status' && fault.when === when) {
      reply(response, fault.status, 'programmed fault');
      return true;
    }
    if (fault.kind !== (when === 'before' ? 'lose-request' : 'lose-reply')) return false;
    response.destroy();
    return true;
  }

  function answer(call: { readonly path: string; readonly raw: string }, fault: Fault | undefined): unknown {
    try {
      const body = parseSignedBody(call.raw);
      if (body === undefined) throw new Refusal('parameterInvalid', 'the body is not a JSON object');
      const agent = authenticate(body, { agents, nowMs: clock.now(), windowSeconds });
      if (fault?.kind === 'refuse') return { code: fault.code, message: fault.message };
      const handler = CALLS[call.path];
      if (handler === undefined) return { code: 102002, message: 'no such call' };
      const hold = holdOf(fault);
      const fields = handler({ agent, fields: body.fields, ledger, webhooks, clock, baseUrl, hold });
      return { code: 0, message: 'success', ...fields };
    } catch (error) {
      if (error instanceof Refusal) return { code: error.code, message: error.message };
      throw error;
    }
  }

  function agentOf(agentCode: string): FakeAgent {
    const agent = agents.get(agentCode);
    if (agent === undefined) throw new RangeError(`there is no agent ${agentCode}`);
    return agent;
  }

  function userOf(name: UserName): FakeUser {
    const user = agentOf(name.agentCode).usersByAgentId.get(name.agentUserId);
    if (user === undefined) throw new RangeError(`${name.agentUserId} is not bound`);
    return user;
  }

  return {
    baseUrl,
    requests,
    deliveries: webhooks.deliveries,
    addAgent({ agentCode, apiSecret, depositBalance = '1000000', webhookUrl }) {
      if (agents.has(agentCode)) throw new RangeError(`there is an agent ${agentCode} already`);
      if (agents.size >= MAX_AGENTS) throw new RangeError(`more than ${MAX_AGENTS} agents`);
      const agent = new FakeAgent(agentCode, [apiSecret], unitsOf(depositBalance));
      agent.webhookUrl = webhookUrl;
      agents.set(agentCode, agent);
    },
    setSecrets(agentCode, secrets) {
      if (secrets.length < 1 || secrets.length > MAX_SECRETS) throw new RangeError(`1 to ${MAX_SECRETS} secrets`);
      agentOf(agentCode).secrets = [...secrets];
    },
    setAgentDisabled(agentCode, disabled) {
      agentOf(agentCode).disabled = disabled;
    },
    setWebhookUrl(agentCode, url) {
      agentOf(agentCode).webhookUrl = url;
    },
    depositOf: (agentCode) => formatUnits(agentOf(agentCode).deposit),
    walletsOf(name) {
      const { contract, funding } = userOf(name);
      return { contract: formatUnits(contract), funding: formatUnits(funding) };
    },
    setContractBalance(name, balance) {
      const user = userOf(name);
      user.contract = unitsOf(balance);
      user.version += 1;
    },
    inject: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    resolveOrder(agentCode, orderNo) {
      const order = ledger.find(agentOf(agentCode), orderNo);
      if (order === undefined) throw new RangeError(`there is no order ${orderNo}`);
      ledger.resolve(order);
    },
    redeliver(seq) {
      const kept = webhooks.events.find(({ event }) => event.seq === seq);
      if (kept === undefined) throw new RangeError(`there is no event ${seq}`);
      webhooks.send(kept.event, agentOf(kept.agentCode));
    },
    webhooksIdle: () => webhooks.idle(),
    async close() {
      closing.abort();
      ledger.close();
      await webhooks.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function holdOf(fault: Fault | undefined): Hold | undefined {
  return fault?.kind === 'processing' ? fault : undefined;
}

function unitsOf(decimal: string): bigint {
  const units = parseUnits(decimal);
  if (units === undefined) throw new RangeError('an amount must be a decimal string with at most 8 decimals');
  return units;
}

function reply(response: ServerResponse, status: number, text: string): void {
  assert(!response.headersSent, 'answered twice');
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(text);
}

/** The whole body, `undefined` when it is too large. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return bytes > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks).toString('utf8');
}
