import { type NonceStore, verifyWebhook, WebhookRejectedError } from '@openvenue/agent-sdk';
import type { FastifyInstance } from 'fastify';
import type { Log } from '../log.ts';
import type { Inbox } from '../venue/inbox.ts';

/** Largest webhook body, in bytes. */
export const MAX_WEBHOOK_BYTES = 64 * 1024;

export interface WebhookRouteOptions {
  readonly inbox: Inbox;
  readonly secrets: readonly string[];
  /** In memory: after a restart a replayed webhook is told by its idempotency key, which is on the disk. */
  readonly seenNonces: NonceStore;
  readonly log: Log;
  readonly now: () => number;
}

/** Where the venue tells what became of transfers. It answers 2xx only when the effect is on the disk. */
export async function webhookRoute(app: FastifyInstance, options: WebhookRouteOptions): Promise<void> {
  const { inbox, secrets, seenNonces, log, now } = options;
  // The signature is over the bytes as they came, so no parser may touch them before.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_WEBHOOK_BYTES }, (_request, body, done) =>
    done(null, body),
  );

  app.post('/webhooks/openvenue', async (request, reply) => {
    const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    try {
      const { event } = await verifyWebhook({ headers: request.headers, rawBody, secrets, seenNonces, now });
      inbox.take(event);
      return reply.code(204).send();
    } catch (error) {
      if (!(error instanceof WebhookRejectedError)) throw error;
      // Authentic, but of a kind that this version does not know: there is nothing to repeat.
      if (error.fault === 'event_unknown') return reply.code(204).send();
      log.warn({ fault: error.fault, address: request.ip }, 'a webhook was refused');
      const body = { error: { code: error.fault, message: 'The webhook was refused.' } };
      return reply.code(error.fault === 'nonce_store_full' ? 503 : 400).send(body);
    }
  });
}
