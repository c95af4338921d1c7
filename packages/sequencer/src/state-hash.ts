import { hash } from 'node:crypto';
import { StateDivergedError } from './errors.ts';
import type { StateMachine } from './state-machine.ts';

/** SHA-256 of a snapshot's bytes: 32 bytes. */
export function snapshotHash(bytes: Uint8Array): Uint8Array {
  return hash('sha256', bytes, 'buffer');
}

/** SHA-256 of the whole state, 32 bytes: equal on every node that has applied the same log. As costly as a snapshot. */
export function stateHash(core: StateMachine): Uint8Array {
  return snapshotHash(core.snapshot());
}

/** @throws StateDivergedError when the state after `sequence` does not have the `expected` hash. */
export function checkStateHash(
  sequence: number,
  hashes: { readonly expected: Uint8Array; readonly actual: Uint8Array },
): void {
  const expected = Buffer.from(hashes.expected).toString('hex');
  const actual = Buffer.from(hashes.actual).toString('hex');
  if (expected !== actual) throw new StateDivergedError(sequence, { expected, actual });
}
