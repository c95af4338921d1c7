import { randomBytes, randomInt } from 'node:crypto';
import type { AgentSecrets } from '@openvenue/gateway';
import type { VenueNode } from '@openvenue/sequencer';
import { post, WebhookDeliverer } from '@openvenue/webhooks';
import type { Logger } from 'pino';
import { CoreOutbox } from './webhook-outbox.ts';

/** Retries become due by time alone. */
const TURN_MS = 1_000;
const NONCE_BYTES = 16;
const RANDOM_STEPS = 2 ** 32;

export interface WebhookOptions {
  readonly node: VenueNode;
  readonly secrets: AgentSecrets;
  readonly clock: { nowMs(): number };
  readonly log: Logger;
  /** For demos, whose partners run on this machine. */
  readonly allowPrivateAddresses: boolean;
}

/** Delivers webhooks until it is stopped: at once when one is recorded, later when its next attempt is due. */
export function startWebhooks(options: WebhookOptions): { stop(): Promise<void> } {
  const { node, secrets, clock, log, allowPrivateAddresses } = options;
  const deliverer = new WebhookDeliverer({
    outbox: new CoreOutbox({ node, secrets, clock }),
    post: (message) => post(message, { allowPrivateAddresses }),
    clock,
    random: () => randomInt(RANDOM_STEPS) / RANDOM_STEPS,
    nonce: () => randomBytes(NONCE_BYTES).toString('hex'),
    onAttempt: ({ agentId, seq, result }) => log.info({ agentId, seq, ...result }, 'webhook'),
    onError: (error) => log.error({ err: error }, 'a webhook could not be settled'),
  });
  const turn = (): void => {
    try {
      deliverer.turn();
    } catch (error) {
      // The venue trades on without its webhooks, which stay in the outbox.
      log.error({ err: error }, 'webhooks could not be delivered');
    }
  };
  let turning: NodeJS.Immediate | undefined;
  const unsubscribe = node.onCommitted((batch) => {
    const isNews = batch.some(({ events }) =>
      events.some(
        ({ type }) => type === 'webhook-recorded' || type === 'webhook-settled' || type === 'webhook-replayed',
      ),
    );
    // A listener holds up the node, so the turn comes after it.
    if (isNews && turning === undefined) {
      turning = setImmediate(() => {
        turning = undefined;
        turn();
      });
    }
  });
  const timer = setInterval(turn, TURN_MS);
  turn();
  return {
    stop: async () => {
      unsubscribe();
      clearInterval(timer);
      if (turning !== undefined) clearImmediate(turning);
      await deliverer.stop();
    },
  };
}
