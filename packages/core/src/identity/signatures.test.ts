import { describe, expect, it } from 'vitest';
import { StateReader } from '../state/reader.ts';
import { StateWriter } from '../state/writer.ts';
import { SeededRandom } from '../testing/random.ts';
import { MAX_SIGNATURES_PER_USER } from './limits.ts';
import { Signatures, type TakenSignature } from './signatures.ts';

function saved(signatures: Signatures): Uint8Array {
  const writer = new StateWriter();
  signatures.save(writer);
  return writer.finish();
}

describe('taken signatures', () => {
  it('IDN-15: are remembered to their expiry and not beyond, over short steps and long pauses, and after a restart', () => {
    const random = new SeededRandom(11);
    let signatures = new Signatures();
    let taken: TakenSignature[] = [];
    let timeMs = 1_000_000;
    let forgotten = 0;
    for (let n = 1; n <= 5_000; n++) {
      timeMs += random.chance(1, 100) ? random.integer(50, 500) : random.integer(0, 2);
      signatures.forgetExpired(timeMs);
      const left = taken.filter(({ expiresAtMs }) => expiresAtMs > timeMs);
      for (const { hash } of taken.filter((each) => !left.includes(each))) {
        expect(signatures.has(hash)).toBe(false);
        forgotten++;
      }
      taken = left;
      const signature = {
        hash: String(n),
        userId: random.integer(1, 3),
        expiresAtMs: timeMs + random.integer(1, 200),
      };
      signatures.take(signature);
      taken.push(signature);
      expect(taken.every(({ hash }) => signatures.has(hash))).toBe(true);
      if (n % 500 !== 0) continue;
      const bytes = saved(signatures);
      signatures = Signatures.load(new StateReader(bytes));
      expect(saved(signatures)).toEqual(bytes);
    }
    expect(forgotten).toBeGreaterThan(4_000);
  });

  it('IDN-15: a user may have so many at a time', () => {
    const signatures = new Signatures();
    for (let n = 0; n < MAX_SIGNATURES_PER_USER; n++) {
      expect(signatures.isFullFor(1)).toBe(false);
      signatures.take({ hash: String(n), userId: 1, expiresAtMs: n === 0 ? 5 : 6 });
    }
    expect(signatures.isFullFor(1)).toBe(true);
    expect(signatures.isFullFor(2)).toBe(false);
    signatures.forgetExpired(5);
    expect(signatures.isFullFor(1)).toBe(false);
  });
});
