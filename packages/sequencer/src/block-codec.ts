import assert from 'node:assert';
import { type Command, decodeCommand } from '@openvenue/core';
import { type Block, HASH_BYTES, MAX_PAYLOAD_BYTES } from '@openvenue/log';
import { BlockFormatError } from './errors.ts';

/*
 * Payload of a block, integers little-endian:
 *   0 format version u8 | 1 flags u8, 1: a state hash follows | 2 rules u16 | 4 count u32 | 8 time in ms u64 | [16 state hash, 32 bytes] |
 *   the commands as lines of UTF-8, separated by line feeds
 */

const FORMAT_VERSION = 1;
const FLAG_STATE_HASH = 1;
const FIXED_BYTES = 16;
/** Highest number of a set of rules. */
export const MAX_RULES = 0xffff;
/** Largest header of a payload, in bytes. */
export const MAX_HEADER_BYTES = FIXED_BYTES + HASH_BYTES;
/** Most bytes that a block's lines may have, line feeds included. */
export const MAX_LINES_BYTES = MAX_PAYLOAD_BYTES - MAX_HEADER_BYTES;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What a block says besides its sequences. */
export interface BlockContent {
  /** The time of all its commands, in milliseconds since 1970. */
  readonly timeMs: number;
  /** The rules under which the block's commands were applied and answered: {@link StateMachine.rules}. */
  readonly rules: number;
  /** Hash of the state before the block's first command, 32 bytes: every replica that comes by checks it. */
  readonly stateHash?: Uint8Array;
}

/** Writes the payload of a block. `lines` are encoded commands, at least one, at most {@link MAX_LINES_BYTES} together. */
export function encodeBlock(content: BlockContent, lines: readonly string[]): Uint8Array {
  const { timeMs, rules, stateHash } = content;
  assert(lines.length >= 1, 'a block without commands');
  assert(Number.isSafeInteger(timeMs) && timeMs >= 0, 'timeMs is not a time');
  assert(stateHash === undefined || stateHash.length === HASH_BYTES, 'the state hash has not 32 bytes');
  assert(Number.isInteger(rules) && rules >= 0 && rules <= MAX_RULES, 'rules is not a version');
  const text = lines.join('\n');
  const headerBytes = stateHash === undefined ? FIXED_BYTES : MAX_HEADER_BYTES;
  const payload = new Uint8Array(headerBytes + Buffer.byteLength(text));
  const view = new DataView(payload.buffer);
  view.setUint8(0, FORMAT_VERSION);
  view.setUint8(1, stateHash === undefined ? 0 : FLAG_STATE_HASH);
  view.setUint16(2, rules, true);
  view.setUint32(4, lines.length, true);
  view.setBigUint64(8, BigInt(timeMs), true);
  if (stateHash !== undefined) payload.set(stateHash, FIXED_BYTES);
  encoder.encodeInto(text, payload.subarray(headerBytes));
  return payload;
}

/** A block as it was sequenced. */
export interface DecodedBlock extends BlockContent {
  /** In the order of their sequences. */
  readonly commands: readonly Command[];
}

/**
 * Reads what {@link encodeBlock} wrote.
 *
 * @throws BlockFormatError when the version is unknown, the payload is malformed, or it has not `block.count` commands.
 */
export function decodeBlock(block: Block): DecodedBlock {
  const { firstSequence, count, payload } = block;
  const refuse = (reason: string, cause?: unknown) => new BlockFormatError(firstSequence, reason, cause);
  if (payload.length < FIXED_BYTES) throw refuse(`its payload has ${payload.length} bytes`);
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const version = view.getUint8(0);
  if (version !== FORMAT_VERSION) throw refuse(`format version ${version} is unknown`);
  const flags = view.getUint8(1);
  if ((flags & ~FLAG_STATE_HASH) !== 0) throw refuse('a reserved bit is set');
  const rules = view.getUint16(2, true);
  const headerBytes = flags === FLAG_STATE_HASH ? MAX_HEADER_BYTES : FIXED_BYTES;
  if (payload.length < headerBytes) throw refuse('its state hash is cut short');
  const timeMs = Number(view.getBigUint64(8, true));
  if (!Number.isSafeInteger(timeMs)) throw refuse('its time is out of range');
  const said = view.getUint32(4, true);
  if (said !== count) throw refuse(`the log counts ${count} commands, its header ${said}`);
  const commands = decodeLines(payload.subarray(headerBytes), refuse);
  if (commands.length !== count) throw refuse(`it holds ${commands.length} commands instead of ${count}`);
  const content = { timeMs, rules, commands };
  return flags === 0 ? content : { ...content, stateHash: payload.slice(FIXED_BYTES, headerBytes) };
}

function decodeLines(bytes: Uint8Array, refuse: (reason: string, cause: unknown) => Error): Command[] {
  try {
    return decoder.decode(bytes).split('\n').map(decodeCommand);
  } catch (error) {
    throw refuse('a command is malformed', error);
  }
}
