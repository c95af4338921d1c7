import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { canonicalPayload, signPayload } from '@openvenue/agent-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VenueProcess } from '../testing/venue-process.ts';

/** Made by make_vectors.py, which says what the fields are. */
interface Vector {
  readonly title: string;
  readonly body: string;
  readonly payload: string;
  readonly sign: string;
  readonly rewritten: boolean;
  readonly same: readonly string[];
  readonly other: readonly string[];
}

const fixture = JSON.parse(readFileSync(new URL('./sign-vectors.json', import.meta.url), 'utf8')) as {
  readonly secret: string;
  readonly timestamp: number;
  readonly vectors: readonly Vector[];
};
const { secret, vectors } = fixture;

describe('the signer of the SDK', () => {
  const written = vectors.filter(({ rewritten }) => !rewritten);

  it('has something to agree with', () => expect(written.length).toBeGreaterThan(25));

  it.each(written)('agrees with Python on $title', ({ body, payload, sign, same, other }) => {
    for (const text of [body, ...same]) {
      expect(canonicalPayload(JSON.parse(text))).toBe(payload);
      expect(signPayload(JSON.parse(text), secret)).toBe(sign);
    }
    // A number that was written in another way is the same number to whoever parses it.
    for (const text of other.filter((each) => JSON.stringify(JSON.parse(each)) === each)) {
      expect(signPayload(JSON.parse(text), secret)).not.toBe(sign);
    }
  });
});

describe('the venue', () => {
  const SIGNATURE_WRONG = 6001;
  const NONCE_REUSED = 6004;
  const TEMPORARILY_UNAVAILABLE = 6904;

  let dataFolder: string;
  let venue: VenueProcess;
  beforeAll(async () => {
    dataFolder = mkdtempSync(join(tmpdir(), 'openvenue-vectors-'));
    writeFileSync(join(dataFolder, 'demo-secrets.json'), JSON.stringify({ demoAgentSecret: secret }), { mode: 0o600 });
    venue = await VenueProcess.start(dataFolder, {
      NODE_OPTIONS: `--import=${new URL('./moved-clock.ts', import.meta.url).href}`,
      MOVED_CLOCK_MS: String(fixture.timestamp * 1_000),
      PARTNER_PORT: 'none',
    });
  });
  afterAll(async () => {
    await venue.kill();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  /** Sends the text with this signature put in, and otherwise as it stands. */
  async function codeOf(body: string, sign: string): Promise<number> {
    const signature = `"sign":"${sign}"`;
    const text = body.includes('"sign":"ignored"')
      ? body.replace('"sign":"ignored"', signature)
      : `${body.slice(0, body.lastIndexOf('}'))},${signature}}`;
    for (;;) {
      const reply = await fetch(`${venue.url}/v1/agent/query-account`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: text,
      });
      const { code } = (await reply.json()) as { code: number };
      if (code !== TEMPORARILY_UNAVAILABLE) return code;
      // Wrong signatures of one source are counted, and too many are not listened to for a moment.
      await sleep(100);
    }
  }

  it.each(vectors)('agrees with Python on $title', async ({ body, sign, same, other }) => {
    const flipped = `${sign.slice(0, -1)}${sign.endsWith('0') ? '1' : '0'}`;
    expect(await codeOf(body, flipped)).toBe(SIGNATURE_WRONG);
    for (const text of other) expect(await codeOf(text, sign), text).toBe(SIGNATURE_WRONG);
    expect(await codeOf(body, sign)).toBe(0);
    // The nonce is looked at once the signature holds: that it is reused says that it held.
    for (const text of [body, ...same]) expect(await codeOf(text, sign), text).toBe(NONCE_REUSED);
  });
});
