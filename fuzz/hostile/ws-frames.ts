import { isUtf8 } from 'node:buffer';
import { WS_LIMITS, WS_OPS, type WsOp } from '@openvenue/contract';
import type { SeededRandom } from '@openvenue/core/testing';
import type { Member } from '../cast/member.ts';
import { SAMPLES } from '../cast/samples.ts';
import { hostileBody } from './json-bodies.ts';
import { HOSTILE_TEXTS } from './literals.ts';

/** The first byte: final or not, and the opcode. */
const FINAL = 0x80;
const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;
const MASKED = 0x80;

export interface FrameForm {
  readonly opcode: number;
  readonly isFinal?: boolean;
  readonly isMasked?: boolean;
  /** The reserved bits, in their place. */
  readonly reserved?: number;
  /** A length other than the payload's own. */
  readonly claimed?: bigint;
}

/** The bytes of a frame, right or wrong. */
export function frame(payload: Buffer, form: FrameForm): Buffer {
  const { opcode, isFinal = true, isMasked = true, reserved = 0, claimed } = form;
  const first = (isFinal ? FINAL : 0) | reserved | opcode;
  const mask = isMasked ? MASKED : 0;
  const head = claimed === undefined ? headOf(first, mask, payload.length) : longHead(first, mask, claimed);
  if (!isMasked) return Buffer.concat([head, payload]);
  const key = Buffer.from([0x12, 0x34, 0x56, 0x78]);
  const masked = payload.map((byte, at) => byte ^ (key[at % key.length] ?? 0));
  return Buffer.concat([head, key, masked]);
}

function headOf(first: number, mask: number, length: number): Buffer {
  if (length < 126) return Buffer.from([first, mask | length]);
  if (length >= 2 ** 16) return longHead(first, mask, BigInt(length));
  const head = Buffer.from([first, mask | 126, 0, 0]);
  head.writeUInt16BE(length, 2);
  return head;
}

function longHead(first: number, mask: number, length: bigint): Buffer {
  const head = Buffer.alloc(10);
  head.set([first, mask | 127]);
  head.writeBigUInt64BE(length, 2);
  return head;
}

export const textFrame = (text: string | Buffer): Buffer => frame(Buffer.from(text), { opcode: OPCODE.text });

/** What the server answers with: so many messages, its close, or what depends on the bytes that follow. */
export type AnsweredBy = number | 'close' | 'unknown';

/** Frames to be sent one after the other, and what they are. */
export interface HostileFrames {
  readonly mutation: string;
  readonly answeredBy: AnsweredBy;
  readonly op: WsOp | undefined;
  readonly frames: readonly Buffer[];
}

const TOPICS = [
  'market.depth.BTCUSDT',
  'market.depth.ETHUSDT@20.100',
  'market.trade.BTCUSDT',
  'market.kline.BTCUSDT.1m',
  'market.ticker.BTCUSDT',
  'market.tickers',
];
const ODD_TOPICS = [
  '',
  'market',
  'market.',
  'market.depth',
  'market.depth.',
  'market.depth.NONE',
  'market.depth.BTCUSDT@',
  'market.depth.BTCUSDT@6.100',
  'market.depth.BTCUSDT@20.1e2',
  'market.kline.BTCUSDT',
  'market.kline.BTCUSDT.9x',
  'market.tickers.BTCUSDT',
  'user.1188041528',
  'user.__proto__',
  'market.depth.__proto__',
  'market.depth.constructor',
  '*',
  '#',
];

/** The request of an operation as a well-behaved client writes it. */
function requestOf(op: WsOp, member: Member, random: SeededRandom): Record<string, unknown> {
  const id = `r-${random.next32()}`;
  switch (op) {
    case 'ping':
      return { id, op };
    case 'subscribe':
    case 'unsubscribe':
      return { id, op, args: Array.from({ length: random.integer(1, 3) }, () => random.pick(TOPICS)) };
    case 'order.place':
      return { id, op, args: [SAMPLES.placeOrder({ member, random }).body] };
    case 'order.cancel':
      return { id, op, args: [SAMPLES.cancelOrder({ member, random }).body] };
    case 'order.move':
      return { id, op, args: [SAMPLES.moveOrder({ member, random }).body] };
  }
}

type Maker = (member: Member, random: SeededRandom) => Omit<HostileFrames, 'op'>;

/** Each breaks the protocol of the frames, not of what is in them. */
const BROKEN: readonly Maker[] = [
  (_, random) => {
    const isFinal = random.chance(1, 2);
    return {
      mutation: 'binary',
      answeredBy: isFinal ? 1 : 'unknown',
      frames: [frame(Buffer.from('{"op":"ping"}'), { opcode: OPCODE.binary, isFinal })],
    };
  },
  () => ({
    mutation: 'unmasked',
    answeredBy: 'close',
    frames: [frame(Buffer.from('{"op":"ping"}'), { opcode: OPCODE.text, isMasked: false })],
  }),
  (_, random) => ({
    mutation: 'opcode',
    answeredBy: 'close',
    frames: [frame(Buffer.from('x'), { opcode: random.pick([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) })],
  }),
  (_, random) => ({
    mutation: 'reserved bits',
    answeredBy: 'close',
    frames: [frame(Buffer.from('{}'), { opcode: OPCODE.text, reserved: random.pick([0x10, 0x20, 0x40, 0x70]) })],
  }),
  (_, random) => ({
    mutation: 'UTF-8',
    answeredBy: 'close',
    frames: [
      frame(Buffer.from(random.pick([[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xe2, 0x82]])), {
        opcode: OPCODE.text,
      }),
    ],
  }),
  (_, random) => ({
    mutation: 'length',
    answeredBy: 'close',
    frames: [
      frame(Buffer.from('x'), {
        opcode: OPCODE.text,
        claimed: random.pick([65_537n, 2n ** 31n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n]),
      }),
    ],
  }),
  (_, random) => ({
    mutation: 'too long',
    answeredBy: 'close',
    frames: [textFrame(`"${'a'.repeat(random.pick([65_535, 65_536, 200_000]))}"`)],
  }),
  () => ({
    mutation: 'control frame in parts',
    answeredBy: 'close',
    frames: [frame(Buffer.from('x'), { opcode: OPCODE.ping, isFinal: false })],
  }),
  () => ({
    mutation: 'long control frame',
    answeredBy: 'close',
    frames: [frame(Buffer.alloc(126), { opcode: OPCODE.ping })],
  }),
  () => ({
    mutation: 'continuation of nothing',
    answeredBy: 'close',
    frames: [frame(Buffer.from('x'), { opcode: OPCODE.continuation })],
  }),
  () => ({
    mutation: 'text within a text',
    answeredBy: 'close',
    frames: [frame(Buffer.from('{'), { opcode: OPCODE.text, isFinal: false }), textFrame('{}')],
  }),
  (_, random) => ({
    mutation: 'close',
    answeredBy: 'close',
    frames: [frame(closing(random), { opcode: OPCODE.close })],
  }),
  () => ({
    mutation: 'endless parts',
    answeredBy: 'close',
    frames: [
      frame(Buffer.from('"'), { opcode: OPCODE.text, isFinal: false }),
      ...Array.from({ length: 70 }, () =>
        frame(Buffer.alloc(1_000, 'a'), { opcode: OPCODE.continuation, isFinal: false }),
      ),
    ],
  }),
  (_, random) => ({
    mutation: 'noise',
    answeredBy: 'unknown',
    frames: [Buffer.from(Array.from({ length: random.integer(1, 200) }, () => random.integer(0, 255)))],
  }),
];

function closing(random: SeededRandom): Buffer {
  const code = random.pick([0, 999, 1000, 1001, 1004, 1005, 1006, 1015, 2999, 3000, 4999, 5000, 65_535]);
  const head = Buffer.alloc(2);
  head.writeUInt16BE(code);
  return random.pick([
    Buffer.alloc(0),
    Buffer.from([3]),
    head,
    Buffer.concat([head, Buffer.from([0xff])]),
    Buffer.concat([head, Buffer.alloc(123, 'a')]),
  ]);
}

const FLOOD = 60;
const FEW_LARGE = 20;
/** Each floods with what is right by itself. */
const FLOODS: readonly Maker[] = [
  () => ({
    mutation: 'flood of pings',
    answeredBy: 0,
    frames: Array.from({ length: FLOOD }, (_, at) => frame(Buffer.from(String(at)), { opcode: OPCODE.ping })),
  }),
  () => ({
    mutation: 'flood of pongs',
    answeredBy: 0,
    frames: Array.from({ length: FLOOD }, () => frame(Buffer.alloc(125), { opcode: OPCODE.pong })),
  }),
  (member, random) => ({
    mutation: 'flood of subscriptions',
    answeredBy: FLOOD,
    frames: Array.from({ length: FLOOD }, () =>
      textFrame(JSON.stringify(requestOf(random.pick(['subscribe', 'unsubscribe']), member, random))),
    ),
  }),
  () => ({
    mutation: 'flood of empty frames',
    answeredBy: 1,
    frames: [
      frame(Buffer.from('{"op":"ping"'), { opcode: OPCODE.text, isFinal: false }),
      ...Array.from({ length: FLOOD }, () => frame(Buffer.alloc(0), { opcode: OPCODE.continuation, isFinal: false })),
      frame(Buffer.from('}'), { opcode: OPCODE.continuation }),
    ],
  }),
  (member, random) => ({
    mutation: 'flood of large frames',
    answeredBy: FEW_LARGE,
    frames: Array.from({ length: FEW_LARGE }, () =>
      textFrame(`${JSON.stringify(requestOf('ping', member, random))}${' '.repeat(60_000)}`),
    ),
  }),
  (_, random) => {
    const topic = (at: number): string =>
      `market.depth.BTCUSDT@${random.pick([5, 20, 50, 200])}.${random.pick([20, 100, 500])}${at > 300 ? at : ''}`;
    const texts = Array.from({ length: 3 }, () => {
      const args = Array.from({ length: random.pick([200, 201, 2_000]) }, (_each, at) => topic(at));
      return Buffer.from(JSON.stringify({ id: 'many', op: 'subscribe', args }));
    });
    const isTooLong = texts.some((text) => answerTo(text) === 'close');
    return {
      mutation: 'many topics',
      answeredBy: isTooLong ? 'close' : texts.length,
      frames: texts.map(textFrame),
    };
  },
];

/** Each text has an answer, whatever is in it, unless it ends the connection. */
const answerTo = (text: Buffer): AnsweredBy => (text.length > WS_LIMITS.frameMaxBytes || !isUtf8(text) ? 'close' : 1);

/** What comes next on a connection: mostly requests with something wrong, now and then what breaks the connection. */
export function hostileFrames(member: Member, random: SeededRandom): HostileFrames {
  const draw = random.integer(1, 40);
  if (draw === 1) return { ...random.pick(FLOODS)(member, random), op: undefined };
  if (draw <= 3) return { ...random.pick(BROKEN)(member, random), op: undefined };
  const op = random.pick(WS_OPS);
  const request = requestOf(op, member, random);
  if (draw <= 12) return { mutation: 'intact', answeredBy: 1, op, frames: parted(JSON.stringify(request), random) };
  if (draw <= 18)
    return {
      mutation: 'topic',
      answeredBy: 1,
      op: 'subscribe',
      frames: [
        textFrame(JSON.stringify({ id: 't', op: 'subscribe', args: [random.pick([...ODD_TOPICS, ...HOSTILE_TEXTS])] })),
      ],
    };
  const { bytes, mutation } = hostileBody(request, random);
  return { mutation: `request: ${mutation}`, answeredBy: answerTo(bytes), op, frames: [textFrame(bytes)] };
}

/** A text in one frame or in several. */
function parted(text: string, random: SeededRandom): readonly Buffer[] {
  if (random.chance(2, 3)) return [textFrame(text)];
  const bytes = Buffer.from(text);
  const at = random.integer(0, bytes.length);
  return [
    frame(bytes.subarray(0, at), { opcode: OPCODE.text, isFinal: false }),
    frame(Buffer.from('p'), { opcode: OPCODE.ping }),
    frame(bytes.subarray(at), { opcode: OPCODE.continuation }),
  ];
}
