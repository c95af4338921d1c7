import { describe, expect, it } from 'vitest';
import { backOffMs, GIVE_UP_AFTER_MS } from './back-off.ts';
import { type WaitingWebhook, WebhookDeliverer } from './deliverer.ts';
import type { PostRequest, PostResult } from './post.ts';
import { signWebhook } from './sign.ts';

interface Entry extends WaitingWebhook {
  readonly order: string;
}

/** An outbox in memory, with receivers that answer as told. */
class Scene {
  nowMs = 1_772_000_000_000;
  readonly entries = new Map<number, Map<number, Entry>>();
  readonly sent: { agentId: number; seq: number; message: PostRequest }[] = [];
  readonly died: number[] = [];
  readonly errors: unknown[] = [];
  answer: (agentId: number, seq: number) => Promise<PostResult> = async () => ({ ok: true, status: 200 });
  readonly deliverer = new WebhookDeliverer({
    clock: { nowMs: () => this.nowMs },
    random: () => 0,
    nonce: () => `n${this.sent.length}`,
    onError: (error) => this.errors.push(error),
    post: (message) => {
      const { agentId, seq } = JSON.parse(message.body) as { agentId: number; seq: number };
      this.sent.push({ agentId, seq, message });
      return this.answer(agentId, seq);
    },
    outbox: {
      receivers: () =>
        [...this.entries.keys()].map((agentId) => ({ agentId, url: `https://agent-${agentId}.example/hook` })),
      waiting: (agentId) =>
        [...this.#of(agentId).values()].map((entry) => ({ ...entry, blocked: this.#isBlocked(agentId, entry) })),
      body: (agentId, seq) => JSON.stringify({ agentId, seq }),
      secret: () => 's3cret',
      delivered: async (agentId, seq) => void this.#of(agentId).delete(seq),
      failed: async (agentId, seq, next) =>
        void this.#of(agentId).set(seq, { ...(this.#of(agentId).get(seq) as Entry), ...next }),
      dead: async (agentId, seq) => {
        this.#of(agentId).delete(seq);
        this.died.push(seq);
      },
    },
  });

  record(agentId: number, seq: number, order = `order-${seq}`): void {
    this.#of(agentId).set(seq, { seq, order, sinceMs: this.nowMs, attempts: 0, nextAttemptAtMs: 0, blocked: false });
  }

  async turn(): Promise<void> {
    this.deliverer.turn();
    await this.deliverer.settled();
  }

  waiting(agentId: number): number[] {
    return [...this.#of(agentId).keys()];
  }

  entry(agentId: number, seq: number): Entry {
    return this.#of(agentId).get(seq) as Entry;
  }

  #of(agentId: number): Map<number, Entry> {
    const known = this.entries.get(agentId) ?? new Map<number, Entry>();
    this.entries.set(agentId, known);
    return known;
  }

  #isBlocked(agentId: number, entry: Entry): boolean {
    return [...this.#of(agentId).values()].some((other) => other.order === entry.order && other.seq < entry.seq);
  }
}

describe('delivery', () => {
  it('signs timestamp, nonce and raw body anew for every attempt', async () => {
    const scene = new Scene();
    scene.record(1, 1);
    scene.answer = async () => ({ ok: false, reason: 'answered 500' });
    await scene.turn();
    scene.nowMs += 5_000;
    await scene.turn();
    const [first, second] = scene.sent.map(({ message }) => message);
    expect(first?.headers).toEqual(
      signWebhook({ secret: 's3cret', timestamp: 1_772_000_000, nonce: 'n0', body: '{"agentId":1,"seq":1}' }),
    );
    expect(second?.headers).toMatchObject({ 'x-agent-timestamp': '1772000005', 'x-agent-nonce': 'n1' });
  });

  it('has a signature that another language makes too', () => {
    expect(
      signWebhook({
        secret: 'whsec_demo',
        timestamp: 1_772_007_815,
        nonce: 'a1b2',
        body: '{"event":"transfer.completed"}',
      })['x-agent-signature'],
    ).toBe('a93575164e9c820227bf36a9cf48b994c694b2f28cf6057ec91463acf15e550c');
  });

  it('retries with back-off until it is taken', async () => {
    const scene = new Scene();
    scene.record(1, 1);
    let failures = 3;
    scene.answer = async () => (failures-- > 0 ? { ok: false, reason: 'ECONNREFUSED' } : { ok: true, status: 200 });
    for (let second = 0; second < 12; second++, scene.nowMs += 1_000) await scene.turn();
    expect(scene.sent).toHaveLength(4);
    expect(scene.waiting(1)).toEqual([]);
  });

  it('keeps the webhooks of one order in order, and lets other orders pass', async () => {
    const scene = new Scene();
    scene.record(1, 1, 'a');
    scene.record(1, 2, 'a');
    scene.record(1, 3, 'b');
    scene.answer = async (_agentId, seq) =>
      seq === 1 ? { ok: false, reason: 'answered 500' } : { ok: true, status: 200 };
    await scene.turn();
    expect(scene.sent.map(({ seq }) => seq)).toEqual([1, 3]);
    scene.answer = async () => ({ ok: true, status: 200 });
    scene.nowMs += 2_000;
    await scene.turn();
    await scene.turn();
    expect(scene.sent.map(({ seq }) => seq)).toEqual([1, 3, 1, 2]);
  });

  it('lets a receiver that hangs hold up nobody else, and bounds what it has in flight', async () => {
    const scene = new Scene();
    for (let seq = 1; seq <= 50; seq++) scene.record(1, seq);
    for (let seq = 1; seq <= 5; seq++) scene.record(2, seq);
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    scene.answer = async (agentId) => {
      if (agentId === 1) await gate;
      return { ok: true, status: 200 };
    };
    scene.deliverer.turn();
    for (let i = 0; i < 20; i++) await Promise.resolve();
    expect(scene.waiting(2)).toEqual([]);
    expect(scene.sent.filter(({ agentId }) => agentId === 1)).toHaveLength(8);
    scene.deliverer.turn();
    expect(scene.sent.filter(({ agentId }) => agentId === 1)).toHaveLength(8);
    release();
    await scene.deliverer.settled();
  });

  it('gives up after a day and an hour, not before', async () => {
    const scene = new Scene();
    scene.record(1, 1);
    scene.answer = async () => ({ ok: false, reason: 'answered 410' });
    const startMs = scene.nowMs;
    while (scene.waiting(1).length > 0) {
      scene.nowMs = Math.max(scene.nowMs + 1, scene.entry(1, 1).nextAttemptAtMs);
      await scene.turn();
    }
    expect(scene.died).toEqual([1]);
    expect(scene.nowMs - startMs).toBeGreaterThanOrEqual(24 * 3_600_000);
    expect(scene.nowMs - startMs).toBeLessThanOrEqual(GIVE_UP_AFTER_MS);
  });

  it('starts nothing after it was stopped', async () => {
    const scene = new Scene();
    await scene.deliverer.stop();
    scene.record(1, 1);
    await scene.turn();
    expect(scene.sent).toEqual([]);
  });

  it('reports an outbox that fails, and tries again', async () => {
    const scene = new Scene();
    scene.record(1, 1);
    scene.answer = () => Promise.reject(new Error('bug'));
    await scene.turn();
    expect(scene.errors).toHaveLength(1);
    scene.answer = async () => ({ ok: true, status: 200 });
    await scene.turn();
    expect(scene.waiting(1)).toEqual([]);
  });
});

describe('back-off', () => {
  it('doubles from a second to an hour, with up to half of it off', () => {
    expect([1, 2, 3, 12, 13, 99].map((attempts) => backOffMs(attempts, 0))).toEqual([
      1_000, 2_000, 4_000, 2_048_000, 3_600_000, 3_600_000,
    ]);
    expect(backOffMs(3, 0.999)).toBe(2_002);
  });
});
