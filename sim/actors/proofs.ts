import type { SeededRandom } from '@openvenue/core/testing';

/** A hash nobody else has, as 64 hex digits. */
export function drawHash(random: SeededRandom): string {
  const digits = [random.next32(), random.next32()].map((part) => part.toString(16).padStart(8, '0')).join('');
  return digits.repeat(4);
}

/** How long signatures and nonces hold, in ms. */
export const PROOF_LIFE_MS = 30_000;
