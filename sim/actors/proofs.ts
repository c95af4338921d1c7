import type { SeededRandom } from '@openvenue/core/testing';

/** A hash nobody else has, as 64 hex digits. */
export function drawHash(random: SeededRandom): string {
  return Array.from({ length: 8 }, () => random.next32().toString(16).padStart(8, '0')).join('');
}

/** How long signatures and nonces hold, in ms. */
export const PROOF_LIFE_MS = 30_000;
