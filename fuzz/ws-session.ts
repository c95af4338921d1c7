import type { SeededRandom } from '@openvenue/core/testing';
import type { Member } from './cast/member.ts';
import { judgeFrame } from './checks/frames.ts';
import type { Report } from './checks/report.ts';
import { someAddress } from './hostile/addresses.ts';
import { type HostileFrames, hostileFrames, textFrame } from './hostile/ws-frames.ts';
import { WsWire } from './wire/ws-wire.ts';

/** Things that are sent on one connection; only the first ten or so are within its rate. */
const STEPS_MAX = 14;
const SWITCHING = 101;
const FENCE = 'fence';
const ANSWER_MS = 20_000;

/** What came of the orders of one connection. */
export interface WsOrders {
  readonly accepted: number;
  /** Those without a yes: refused, or on their way when the connection ended, because replies to orders wait for the log. */
  readonly others: number;
}

/** One connection from its upgrade to its end. */
export async function wsSession(
  { port, member, number }: { readonly port: number; readonly member: Member; readonly number: number },
  random: SeededRandom,
  report: Report,
): Promise<WsOrders> {
  const target = targetOf(member, random);
  const sent: HostileFrames[] = [];
  const hasClosed = (): boolean => sent.some(({ mutation }) => mutation === 'close' || mutation === 'noise');
  let accepted = 0;
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  const headers = [`X-Forwarded-For: ${someAddress(random)}`];
  const wire = new WsWire(port, { target, headers }, (heard) => {
    const verdict = judgeFrame(heard, { hasClosed: hasClosed() });
    if (verdict.kind === 'order') accepted++;
    if (verdict.fault !== undefined) {
      const what = `WebSocket: ${verdict.fault} after ${sent.map(({ mutation }) => mutation).join(', ')}`;
      report.violated({ batch: number, what, sent: sent.at(-1)?.frames[0] ?? '' });
    }
    if (verdict.id === FENCE || verdict.kind === 'close') end();
  });
  report.counts.sockets++;
  const status = await wire.upgraded;
  if (status === SWITCHING) {
    for (let steps = random.integer(1, STEPS_MAX); steps > 0; steps--) {
      const hostile = hostileFrames(member, random);
      sent.push(hostile);
      report.mutations.add(`frames: ${hostile.mutation}`);
      report.counts.frames += hostile.frames.length;
      if (hostile.op !== undefined) report.ops.set(hostile.op, (report.ops.get(hostile.op) ?? 0) + 1);
      for (const bytes of hostile.frames) wire.send(bytes);
    }
    wire.send(textFrame(JSON.stringify({ id: FENCE, op: 'ping' })));
    // A frame whose announced rest never comes leaves the fence inside of it: then the end of our side is the answer.
    const isStuck = sent.some(
      ({ mutation }) => mutation === 'length' || mutation === 'noise' || mutation === 'endless parts',
    );
    if (isStuck) wire.end();
    // Pushes go on while a request is left without its answer, so that silence is not enough to tell.
    const deadline = setTimeout(() => {
      const what = `WebSocket: no answer in ${ANSWER_MS} ms after ${sent.map(({ mutation }) => mutation).join(', ')}`;
      report.violated({ batch: number, what });
      end();
    }, ANSWER_MS);
    await Promise.race([over, wire.ended]);
    clearTimeout(deadline);
  } else if (status >= 500 || status === 0) {
    report.violated({ batch: number, what: `WebSocket: the upgrade was answered ${status}`, sent: target });
  }
  wire.destroy();
  await wire.ended;
  const orders = sent.filter(({ op }) => op?.startsWith('order.')).length;
  return { accepted, others: orders - accepted };
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
