import { setTimeout as sleep } from 'node:timers/promises';
import type { SeededRandom } from '@openvenue/core/testing';
import type { PatientCaller } from './patient-caller.ts';
import type { SupervisedPartner } from './supervised-partner.ts';
import { amountOf } from './units.ts';
import type { Violations } from './violations.ts';

const PAUSE_MS = 100;
const VISITS_AT_ONCE = 3;
/** 10,000 USDT in all: amounts that get through, and some that do not. */
const LARGEST_UNITS = 60_000_000_000;

interface Visit {
  readonly requestId: string;
  readonly path: string;
  readonly body: Readonly<Record<string, string>>;
}

interface SiteTransfer {
  readonly orderNo: string;
  readonly status: string;
}

export interface VisitorOptions {
  readonly partner: SupervisedPartner;
  /** Reverses some of the partner's transfers, as its support would by hand. */
  readonly caller: PatientCaller;
  readonly violations: Violations;
  readonly random: SeededRandom;
  readonly visits: number;
  /** How far the others are, from 0 to 1: visits keep pace with it. */
  readonly progress: () => number;
}

/** Carol at the partner's site: deposits and withdrawals, each asked for until it is answered, often twice. */
export class PartnerVisitor {
  readonly #options: VisitorOptions;
  readonly #orderNos = new Map<string, string>();
  readonly #open = new Map<string, Visit>();
  #cookie = '';
  refused = 0;
  reverses = 0;

  constructor(options: VisitorOptions) {
    this.#options = options;
  }

  /** Numbers of the transfers that the site has told about, by the request that asked for each. */
  get orderNos(): ReadonlyMap<string, string> {
    return this.#orderNos;
  }

  async signIn(): Promise<void> {
    const reply = await this.#post('/api/login', { username: 'carol', password: 'carol-demo' });
    if (reply.status !== 200) throw new Error(`carol cannot sign in: ${reply.status} ${reply.text}`);
    this.#cookie = reply.cookie;
  }

  async run(): Promise<void> {
    const { random, visits, progress } = this.#options;
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < visits) {
        if (next / visits > progress()) {
          await sleep(PAUSE_MS);
          continue;
        }
        const visit = makeVisit(random, `visit-${next++}`);
        const copies = random.pick([1, 1, 2]);
        await Promise.all(Array.from({ length: copies }, () => this.#carryOut(visit)));
        if (random.chance(1, 10)) await this.#reverse(visit);
      }
    };
    await Promise.all(Array.from({ length: VISITS_AT_ONCE }, work));
  }

  /** Asks again for what is still under way, until nothing is. */
  async drain(): Promise<void> {
    for (let visit = first(this.#open); visit !== undefined; visit = first(this.#open)) {
      await this.#carryOut(visit);
      if (this.#open.has(visit.requestId)) await sleep(PAUSE_MS);
    }
  }

  async #carryOut(visit: Visit): Promise<void> {
    const { violations } = this.#options;
    for (;;) {
      const reply = await this.#post(visit.path, { ...visit.body, requestId: visit.requestId });
      if (reply.status === 200) {
        const { transfer } = JSON.parse(reply.text) as { readonly transfer: SiteTransfer };
        const known = this.#orderNos.get(visit.requestId) ?? transfer.orderNo;
        if (known !== transfer.orderNo)
          violations.add('doubled', `${visit.requestId} made ${known} and ${transfer.orderNo}`);
        this.#orderNos.set(visit.requestId, transfer.orderNo);
        if (transfer.status === 'PROCESSING') this.#open.set(visit.requestId, visit);
        else this.#open.delete(visit.requestId);
        return;
      }
      if (reply.status >= 400 && reply.status < 500) {
        this.refused++;
        return;
      }
      // The venue is away, and nothing has begun: the visitor tries again.
      if (reply.status !== 502 && reply.status !== 503)
        violations.add('partner', `${visit.path} answered ${reply.status} ${reply.text}`);
      await sleep(PAUSE_MS);
    }
  }

  async #reverse({ requestId }: Visit): Promise<void> {
    const origOrderNo = this.#orderNos.get(requestId);
    if (origOrderNo === undefined) return;
    const fields = { origOrderNo, reverseOrderNo: `R-${requestId}`, reverseReason: 'by hand' };
    const reply = await this.#options.caller.call('reverse', fields);
    if (reply['code'] === 0 && reply['orderStatus'] === 'SUCCESS') this.reverses++;
  }

  /** Repeats until the site answers. */
  async #post(path: string, body: object) {
    const { partner } = this.#options;
    for (;;) {
      await partner.up();
      try {
        const headers = { 'Content-Type': 'application/json', Cookie: this.#cookie };
        const reply = await fetch(partner.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
        const cookie = reply.headers.getSetCookie()[0]?.split(';')[0] ?? '';
        return { status: reply.status, text: await reply.text(), cookie };
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
      }
    }
  }
}

function makeVisit(random: SeededRandom, requestId: string): Visit {
  const dice = random.integer(0, 99);
  if (dice < 4) return { requestId, path: '/api/withdrawals/all', body: {} };
  const amount = amountOf(BigInt(random.integer(1, LARGEST_UNITS)));
  return { requestId, path: dice < 55 ? '/api/deposits' : '/api/withdrawals', body: { amount } };
}

const first = (visits: ReadonlyMap<string, Visit>): Visit | undefined => visits.values().next().value;
