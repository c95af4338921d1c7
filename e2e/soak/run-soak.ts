import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SeededRandom } from '@openvenue/core/testing';
import { Answers } from './answers.ts';
import { auditVenue } from './audit.ts';
import { runClients } from './clients.ts';
import { freePort } from './free-port.ts';
import { depositOf, walletsOf } from './ledger-of-venue.ts';
import { Observer } from './observer.ts';
import { auditBooks, readPartnerUsers } from './partner-books.ts';
import { PartnerVisitor } from './partner-visitor.ts';
import { PatientCaller, type Reply } from './patient-caller.ts';
import { makePlan, type Plan } from './plan.ts';
import { SupervisedPartner } from './supervised-partner.ts';
import { SupervisedVenue } from './supervised-venue.ts';
import { Violations } from './violations.ts';
import { WebhookTee } from './webhook-tee.ts';

const CLIENTS = 8;
const WEBHOOKS_MS = 180_000;
/** Visits of the partner's site for each transfer of the clients. */
const VISITS_PER_TRANSFER = 0.1;

export interface SoakOptions {
  readonly seed: number;
  readonly transfers: number;
  /** How often the venue is killed. */
  readonly kills: number;
  readonly onProgress: (line: string) => void;
}

export interface SoakReport {
  readonly figures: Readonly<Record<string, number>>;
  readonly violations: Violations;
}

/** Runs the whole soak on a fresh folder of this machine, and cleans up behind it. */
export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const folder = mkdtempSync(join(tmpdir(), 'openvenue-soak-'));
  const closers: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    return await run(options, folder, closers);
  } finally {
    for (const close of closers.toReversed()) await close();
  }
}

async function run(options: SoakOptions, folder: string, closers: (() => unknown)[]): Promise<SoakReport> {
  const { seed } = options;
  const startedAt = performance.now();
  const seconds = (): number => Math.round((performance.now() - startedAt) / 1_000);
  const onProgress = (line: string): void => options.onProgress(`${seconds()} s: ${line}`);
  const plan = makePlan(options);
  const violations = new Violations();
  const tee = new WebhookTee({ violations, random: new SeededRandom(seed + 1), port: 0 });
  const webhookUrl = await tee.start();
  closers.push(() => tee.close());
  const venue = new SupervisedVenue({ dataFolder: join(folder, 'venue'), port: await freePort(), webhookUrl });
  closers.push(() => venue.kill());
  tee.apiSecret = (await venue.access()).apiSecret;
  const caller = new PatientCaller(venue);
  const answers = new Answers();
  const observer = new Observer({ caller, answers, violations, random: new SeededRandom(seed + 2) });
  const depositBefore = await depositOf(caller);
  const boundUserIds = await bindAll(caller, plan);
  const partnerFolder = join(folder, 'partner');
  const home = { dataFolder: partnerFolder, port: await freePort() };
  const { url: venueUrl, agentCode, apiSecret } = await venue.access();
  const partner = new SupervisedPartner({ ...home, venueUrl, agentCode, apiSecret });
  closers.push(() => partner.kill());
  await partner.up();
  tee.forwardTo = `${partner.url}/webhooks/openvenue`;
  const visits = Math.ceil(options.transfers * VISITS_PER_TRANSFER);
  let stepsDone = 0;
  const visitor = new PartnerVisitor({
    partner,
    caller,
    violations,
    visits,
    random: new SeededRandom(seed + 3),
    progress: () => stepsDone / plan.steps.length,
  });
  await visitor.signIn();
  observer.start();

  const restarts: Promise<void>[] = [];
  const pulls = [
    { at: [...plan.killsAt], process: venue },
    { at: [...plan.partnerKillsAt], process: partner },
  ];
  const onDone = (done: number): void => {
    stepsDone = done;
    for (const { at, process } of pulls) {
      if (at[0] === undefined || done < at[0] || process.isRestarting) continue;
      at.shift();
      restarts.push(process.killAndRestart());
    }
    if (done % 100 === 0 || done === plan.steps.length)
      onProgress(
        `${done} of ${plan.steps.length} steps, ${visitor.orderNos.size} of ${visits} visits, ${venue.kills} + ${partner.kills} kills, ${violations.total} violations`,
      );
  };
  await Promise.all([runClients({ steps: plan.steps, caller, answers, clients: CLIENTS, onDone }), visitor.run()]);
  await Promise.all(restarts);
  await observer.stop();
  tee.isFailing = false;
  onProgress('all steps done; waiting for what is under way');
  await visitor.drain();
  await observer.readEvents();
  await auditWebhooks({ observer, tee, violations });
  if ((await partner.stop()) !== 0) violations.add('partner', 'the site did not stop cleanly');

  onProgress('all is quiet; auditing');
  const platformUserIds = new Map([...boundUserIds, ...readPartnerUsers(partnerFolder)]);
  const orders = await auditVenue({ plan, caller, answers, observer, violations, platformUserIds, depositBefore });
  const partnerTransfers = await auditBooks({
    dataFolder: partnerFolder,
    orders,
    violations,
    told: visitor.orderNos.values(),
    walletOf: async (platformUserId) => (await walletsOf(caller, platformUserId)).contract,
  });
  if ((await venue.stop()) !== 0) violations.add('answer', 'the venue did not stop cleanly');
  const figures = figuresOf({ plan, orders, answers });
  return {
    figures: {
      ...figures,
      answered: caller.answered,
      unanswered: caller.unanswered,
      looks: observer.looks,
      partnerTransfers,
      partnerReversed: visitor.reverses,
      kills: venue.kills,
      partnerKills: partner.kills,
      slowestRestartMs: Math.round(venue.slowestRestartMs),
      events: observer.events.length,
      deliveries: tee.deliveries,
      failedDeliveries: tee.failures,
      seconds: seconds(),
      doubled: violations.count('doubled'),
      lost: violations.count('lost'),
      wentBack: violations.count('went back'),
      violations: violations.total,
    },
    violations,
  };
}

async function bindAll(caller: PatientCaller, { users }: Plan): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const agentUserId of users)
    ids.set(agentUserId, String((await caller.call('bind', { agentUserId }))['platformUserId']));
  return ids;
}

/** Waits until every event has been acknowledged by the receiver, and sees that it acknowledged nothing else. */
async function auditWebhooks(audited: {
  readonly observer: Observer;
  readonly tee: WebhookTee;
  readonly violations: Violations;
}): Promise<void> {
  const { observer, tee, violations } = audited;
  const expected = new Map(observer.events.map((event) => [keyOf(event), event]));
  const deadline = performance.now() + WEBHOOKS_MS;
  const missing = () => [...expected.keys()].filter((key) => !tee.acknowledged.has(key));
  while (missing().length > 0 && performance.now() < deadline) await sleep(200);
  for (const key of missing()) violations.add('webhook', `${key} was never delivered`);
  for (const [key, body] of tee.acknowledged) {
    const { seq: _, ...event } = expected.get(key) ?? {};
    if (JSON.stringify(body) !== JSON.stringify(event))
      violations.add('webhook', `${key} was delivered and is no event, or another`);
  }
}

const keyOf = (event: Reply): string => `${event['orderType']}:${event['orderId']}:${event['targetStatus']}`;

function figuresOf(soak: {
  readonly plan: Plan;
  readonly orders: ReadonlyMap<string, Reply>;
  readonly answers: Answers;
}) {
  const { plan, orders, answers } = soak;
  const count = (status: string): number => [...orders.values()].filter((order) => order['status'] === status).length;
  const replies = [...answers.orders.values()].flat();
  return {
    transfers: plan.orders.length,
    atVenue: orders.size,
    sends: replies.length,
    walletTransfers: answers.wallets.size,
    conflicts: replies.filter(({ reply }) => reply['code'] === 6102).length,
    succeeded: count('SUCCESS'),
    failed: count('FAILED'),
    reversed: count('REVERSED'),
  };
}
