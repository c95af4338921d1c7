import type { SeededRandom } from '@openvenue/core/testing';
import type { Member } from './cast/member.ts';
import { judgeFrame } from './checks/frames.ts';
import type { Report } from './checks/report.ts';
import { someAddress } from './hostile/addresses.ts';
import { type HostileFrames, hostileFrames, textFrame } from './hostile/ws-frames.ts';
import { WsWire } from './wire/ws-wire.ts';
import { WsReplies } from './ws-replies.ts';

/** Things that are sent on one connection; only the first ten or so are within its rate. */
const STEPS_MAX = 14;
const SWITCHING = 101;
const ANSWER_MS = 20_000;
const LOOK_MS = 500;
/** One connection in so many sends on while its orders are on their way, so that its end leaves some of them without a reply. */
const IMPATIENCE = 10;

/** What came of the orders of one connection. */
export type WsOrders = Pick<WsReplies, 'accepted' | 'unanswered'>;

/** One connection from its upgrade to its end. */
export async function wsSession(
  { port, member, number }: { readonly port: number; readonly member: Member; readonly number: number },
  random: SeededRandom,
  report: Report,
): Promise<WsOrders> {
  const target = targetOf(member, random);
  const sent: HostileFrames[] = [];
  const hasClosed = (): boolean => sent.some(({ mutation }) => mutation === 'close' || mutation === 'noise');
  const replies = new WsReplies();
  let isClosed = false;
  let wake: () => void = () => undefined;
  /** Waits for what is said to be true, at most until the connection is closed. */
  const until = async (isTrue: () => boolean): Promise<void> => {
    while (!isTrue() && !isClosed)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  };
  const headers = [`X-Forwarded-For: ${someAddress(random)}`];
  const wire = new WsWire(port, { target, headers }, (heard) => {
    const verdict = judgeFrame(heard, { hasClosed: hasClosed() });
    replies.heard(verdict);
    if (verdict.fault !== undefined) {
      const what = `WebSocket: ${verdict.fault} after ${sent.map(({ mutation }) => mutation).join(', ')}`;
      report.violated({ batch: number, what, sent: sent.at(-1)?.frames[0] ?? '' });
    }
    if (verdict.kind === 'close') isClosed = true;
    wake();
  });
  report.counts.sockets++;
  const status = await wire.upgraded;
  if (status === SWITCHING) {
    // Pushes go on while a request is left without its answer, so that silence is not enough to tell.
    const beganMs = performance.now();
    const deadline = setInterval(() => {
      const isLate = performance.now() - beganMs > ANSWER_MS;
      if (!isLate && !report.isEnough) return;
      const what = `WebSocket: no answer in ${ANSWER_MS} ms after ${sent.map(({ mutation }) => mutation).join(', ')}`;
      if (isLate) report.violated({ batch: number, what });
      isClosed = true;
      wake();
    }, LOOK_MS);
    const isPatient = !random.chance(1, IMPATIENCE);
    for (let steps = random.integer(1, STEPS_MAX); steps > 0 && !isClosed; steps--) {
      const hostile = hostileFrames(member, random);
      sent.push(hostile);
      report.mutations.add(`frames: ${hostile.mutation}`);
      report.counts.frames += hostile.frames.length;
      if (hostile.op !== undefined) report.ops.set(hostile.op, (report.ops.get(hostile.op) ?? 0) + 1);
      replies.sent(hostile);
      for (const bytes of hostile.frames) wire.send(bytes);
      if (isPatient) await until(() => replies.isSettled);
    }
    if (!isClosed) {
      replies.sent({ answeredBy: 1, op: undefined });
      wire.send(textFrame(JSON.stringify({ id: 'fence', op: 'ping' })));
    }
    await until(() => replies.isSettled);
    if (replies.mayBeStuck) {
      wire.end();
      await until(() => false);
    }
    clearInterval(deadline);
  } else if (status >= 500 || status === 0) {
    report.violated({ batch: number, what: `WebSocket: the upgrade was answered ${status}`, sent: target });
  }
  wire.destroy();
  await wire.ended;
  report.counts.unanswered += replies.unanswered;
  return replies;
}

function targetOf(member: Member, random: SeededRandom): string {
  return random.pick([
    '/ws',
    `/ws?listenKey=${member.listenKey}`,
    `/ws?token=${member.token}`,
    `/ws?token=${member.embedToken}`,
    `/ws?listenKey=${member.listenKey}&since=${random.pick(['0', '1', '-1', '1e3', '9999999999999999999', '%00', 'x'])}`,
    `/ws?${random.pick(['listenKey=', 'token=', 'token=..', 'listenKey=%', 'since=1', 'a&a&a', '__proto__=1', `token=${'a'.repeat(5_000)}`])}`,
  ]);
}
