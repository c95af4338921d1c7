import { type Block, lastSequenceOf } from '@openvenue/log';
import { decodeBlock } from './block-codec.ts';
import { OtherRulesError, SequenceGapError } from './errors.ts';
import type { Committed } from './port.ts';
import { checkStateHash, stateHash } from './state-hash.ts';
import type { StateMachine } from './state-machine.ts';

/** How a block is replayed. */
export interface ReplayOptions {
  /** Apply nothing after this sequence. Default: the whole block. */
  readonly upTo?: number;
  /** Hash of the state as it stands, when the caller has just computed it. */
  readonly knownHash?: Uint8Array | undefined;
}

/**
 * Applies what of `block` the core has not applied yet, and checks the state hash that the block carries.
 *
 * @throws SequenceGapError when the next sequence is not in the block; BlockFormatError; OtherRulesError; StateDivergedError. Nothing was applied then.
 */
export function replayBlock(core: StateMachine, block: Block, options: ReplayOptions = {}): Committed[] {
  const next = core.sequence + 1;
  const { firstSequence } = block;
  if (firstSequence > next || lastSequenceOf(block) < next) throw new SequenceGapError(next, block);
  const { timeMs, rules, commands, stateHash: expected } = decodeBlock(block);
  if (rules !== core.rules) throw new OtherRulesError(firstSequence, { recorded: rules, followed: core.rules });
  if (expected !== undefined && firstSequence === next) {
    checkStateHash(core.sequence, { expected, actual: options.knownHash ?? stateHash(core) });
  }
  const last = Math.min(lastSequenceOf(block), options.upTo ?? Number.POSITIVE_INFINITY);
  const committed: Committed[] = [];
  for (let sequence = next; sequence <= last; sequence++) {
    committed.push(applyCommand(core, timeMs, commands[sequence - firstSequence]!));
  }
  return committed;
}

/** Applies the next command of the log. Leader and replicas do it by this one function. */
export function applyCommand(core: StateMachine, timeMs: number, command: Committed['command']): Committed {
  const sequence = core.sequence + 1;
  const { reply, events } = core.apply(sequence, timeMs, command);
  return { sequence, timeMs, command, reply, events };
}
