import type { AgentOperationName, OperationName } from '@openvenue/contract';
import { SeededRandom } from '@openvenue/core/testing';
import { Casting } from './cast/cast.ts';
import type { Member } from './cast/member.ts';
import { judge, judgeRaw } from './checks/answers.ts';
import type { Report } from './checks/report.ts';
import { AGENT_OPERATION_NAMES, agentRequest } from './hostile/agent-requests.ts';
import { developerRequest, OPERATION_NAMES } from './hostile/developer-requests.ts';
import type { HostileRequest } from './hostile/http-request.ts';
import { pathRequest } from './hostile/path-requests.ts';
import { rawRequest } from './hostile/raw-requests.ts';
import type { ObservedVenue } from './venue/observed-venue.ts';
import { sendAlone } from './wire/alone.ts';
import type { HttpAnswer } from './wire/http-reader.ts';
import { type Outcome, pipeline } from './wire/pipeline.ts';
import { wsSession } from './ws-session.ts';

/** How many of each. */
export interface BatchSizes {
  readonly members: number;
  readonly requests: number;
  readonly raw: number;
  readonly sockets: number;
}

/** What a batch holds; its users are brought anew, so that a batch is the same whatever ran before it. */
export const BATCH: BatchSizes = { members: 10, requests: 4_000, raw: 150, sockets: 320 };

/** A batch that finds what is found everywhere. */
export const FEW: BatchSizes = { members: 3, requests: 800, raw: 20, sockets: 12 };

const CONNECTIONS = 12;
/** Longest time of the processor for one turn of the event loop, with about a hundred requests under way. */
const LOOP_BUSY_LIMIT_MS = 250;
/** Calls that take long for good reasons, a password or the history in its thread: of those only some are sent. */
const SLOW: ReadonlySet<string> = new Set<OperationName | AgentOperationName>([
  'login',
  'getAccountChangeLog',
  'getFundingRateHistory',
  'getOrderHistory',
  'getConditionHistory',
  'getOrderTrades',
  'getPositionHistory',
  'getKlines',
  'perpetualOrderHistory',
  'perpetualTrades',
  'perpetualPositionHistory',
  'perpetualAccountLedger',
]);
const SLOW_RARITY = 6;
/** Raw requests and sockets at a time. */
const SIDE_BY_SIDE = 6;
/** Calls that end credentials: they have a user of their own. */
const ENDING: ReadonlySet<string> = new Set([
  'logout',
  'refreshToken',
  'deleteAllApiKeys',
  'deleteApiKey',
  'updateApiKey',
]);
const AUTHENTICATION_CODES: readonly number[] = [1001, 1002, 1003, 1004, 1006];
const PERMISSION_DENIED = 3006;
const REFUSED_CALLER: readonly number[] = [...AUTHENTICATION_CODES, PERMISSION_DENIED];
const RATE_LIMITED = 5003;
const AGENT_AUTHENTICATION_CODES: readonly number[] = [6001, 6002];

export interface BatchOf {
  readonly venue: ObservedVenue;
  readonly seed: number;
  readonly number: number;
  readonly sizes: BatchSizes;
}

/** Runs one batch and holds all that came of it against the contract and the state. */
export async function runBatch({ venue, seed, number, sizes }: BatchOf, report: Report): Promise<void> {
  const random = new SeededRandom(Math.imul(seed, 1_000_003) + number);
  const { port, agent } = venue.started;
  const casting = new Casting({ port, agent }, `s${seed}b${number}`);
  const members: Member[] = [];
  for (let at = 0; at < sizes.members; at++) members.push(await casting.member());
  const [doomed, ...steady] = members as [Member, ...Member[]];
  const requests = Array.from({ length: sizes.requests }, () => {
    const draw = random.integer(1, 20);
    if (draw <= 2) return pathRequest(random);
    const member = random.pick(steady);
    if (draw <= 6) return agentRequest(some(AGENT_OPERATION_NAMES, random), { agent, member }, random);
    const name = some(OPERATION_NAMES, random);
    return developerRequest(name, ENDING.has(name) ? doomed : member, random);
  });
  const tally: Tally = { accepted: 0, lost: 0, busy: [] };
  await venue.begin();
  await Promise.all([
    ...shares(requests, CONNECTIONS).map((share) =>
      pipeline(port, share, (request, outcome) => take(request, outcome, { report, number, tally })),
    ),
    sideBySide(
      Array.from({ length: sizes.raw }, () => rawRequest(random)),
      report,
      async (raw) => {
        const { answers, fault } = await sendAlone(port, raw, raw.cuts);
        report.counts.raw++;
        report.mutations.add(`raw: ${raw.mutation}`);
        if (fault !== undefined) report.violated({ batch: number, what: `${raw.mutation}: ${fault}`, sent: raw.bytes });
        for (const answer of answers) {
          report.answered(answer.status);
          const verdict = judgeRaw(answer);
          if (verdict.fault === undefined) continue;
          report.violated({ batch: number, what: `${raw.mutation}: ${verdict.fault}`, sent: raw.bytes });
        }
      },
    ),
    sideBySide(
      Array.from({ length: sizes.sockets }, () => random.next32()),
      report,
      async (socketSeed) => {
        const { accepted, unanswered } = await wsSession(
          { port, member: random.pick(steady), number },
          new SeededRandom(socketSeed),
          report,
        );
        tally.accepted += accepted;
        tally.lost += unanswered;
      },
    ),
  ]);
  for (const share of shares(tally.busy.splice(0), CONNECTIONS))
    if (share.length > 0)
      await pipeline(port, share, (request, outcome) => take(request, outcome, { report, number, tally }));
  for (const { bytes } of tally.busy) report.violated({ batch: number, what: 'status 503, twice', sent: bytes });
  await look({ venue, number, tally }, report);
}

function some<Name extends string>(names: readonly Name[], random: SeededRandom): Name {
  for (;;) {
    const name = random.pick(names);
    if (!SLOW.has(name) || random.chance(1, SLOW_RARITY)) return name;
  }
}

/** Requests that the venue has said yes to, or of which nobody knows. */
interface Tally {
  accepted: number;
  lost: number;
  /** Those that the venue has asked to send again. */
  readonly busy: HostileRequest[];
}

function take(
  request: HostileRequest,
  outcome: Outcome,
  { report, number, tally }: { report: Report; number: number; tally: Tally },
): void {
  const { contract, method, mutation, bytes } = request;
  report.counts.requests++;
  report.mutations.add(`${contract.kind}: ${mutation}`);
  if ('lost' in outcome) {
    report.counts.lost++;
    tally.lost++;
    report.violated({ batch: number, what: `no answer (${outcome.lost}) to ${nameOf(request)}`, sent: bytes });
    return;
  }
  report.answered(outcome.status);
  if (isCatchingUp(outcome)) {
    report.counts.busy++;
    tally.busy.push(request);
    return;
  }
  const { code, fault } = judge(contract, method, outcome);
  if (fault !== undefined)
    report.violated({
      batch: number,
      what: `${nameOf(request)}: ${fault}; ${outcome.body.slice(0, 300)}`,
      sent: bytes,
    });
  if (request.mustFail && code !== RATE_LIMITED && !REFUSED_CALLER.includes(code))
    report.violated({ batch: number, what: `${nameOf(request)} was let in: ${code}`, sent: bytes });
  if (code === 0) report.counts.accepted++;
  else report.counts.refused++;
  if (code === 0 && canChange(request)) tally.accepted++;
  if (isPastAuthentication(request, code)) {
    const { name } = contract as { readonly name: string };
    report.reached.set(name, (report.reached.get(name) ?? 0) + 1);
  }
}

/** The one refusal of the server that input does not earn: the history, in a thread of its own, is behind. Asked again it must answer. */
const isCatchingUp = ({ status, body }: HttpAnswer): boolean =>
  status === 503 && body.includes('the history is catching up');

const nameOf = ({ contract, method, mutation }: HostileRequest): string =>
  `${'name' in contract ? contract.name : `${method} ${contract.kind}`} (${mutation})`;

function canChange({ contract, method }: HostileRequest): boolean {
  if (contract.kind === 'agent') return contract.call.kind === 'command';
  return method !== 'GET' && method !== 'HEAD';
}

function isPastAuthentication({ contract, isAuthentic }: HostileRequest, code: number): boolean {
  if (!isAuthentic || code === RATE_LIMITED) return false;
  if (contract.kind === 'agent') return !AGENT_AUTHENTICATION_CODES.includes(code);
  if (contract.kind !== 'route') return false;
  return contract.route.auth === '-' || !AUTHENTICATION_CODES.includes(code);
}

/** What the venue has seen of the batch. */
async function look(
  { venue, number, tally }: { venue: ObservedVenue; number: number; tally: Tally },
  report: Report,
): Promise<void> {
  const { commits, divergence, faults, loopBusyMs, heapBytes } = await venue.end();
  report.counts.acceptedCommits += commits.accepted;
  report.counts.refusedCommits += commits.refused;
  report.counts.spentProofs += commits.spent;
  report.loopBusyMs = Math.max(report.loopBusyMs, loopBusyMs);
  report.heapBytes.push(heapBytes);
  if (loopBusyMs > LOOP_BUSY_LIMIT_MS)
    report.violated({ batch: number, what: `the event loop was busy for ${loopBusyMs.toFixed(0)} ms` });
  if (divergence !== undefined) report.violated({ batch: number, what: divergence });
  if (commits.accepted > tally.accepted + tally.lost) {
    const what = `${commits.accepted} commands were accepted, but only ${tally.accepted} requests, and ${tally.lost} were lost`;
    report.violated({ batch: number, what });
  }
  for (const fault of faults) report.violated({ batch: number, what: fault });
}

/** The list in as many parts. */
function shares<T>(list: readonly T[], parts: number): T[][] {
  return Array.from({ length: parts }, (_, part) => list.filter((_each, at) => at % parts === part));
}

async function sideBySide<T>(list: readonly T[], report: Report, run: (each: T) => Promise<void>): Promise<void> {
  const waiting = list.values();
  const lane = async (): Promise<void> => {
    for (const each of waiting) if (!report.isEnough) await run(each);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane));
}
