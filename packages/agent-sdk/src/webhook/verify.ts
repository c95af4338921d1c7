import { randomBytes } from 'node:crypto';
import { systemClock } from '../clock.ts';
import { asObject, ShapeError } from '../decode.ts';
import { idempotencyKeyOf, isEventName, type WebhookEvent, webhookEvent } from './event.ts';
import { createMemoryNonceStore, type NonceStore } from './nonce-store.ts';
import { signatureHolds, webhookSignature } from './signature.ts';

/** How far a webhook's timestamp may be from now, in seconds, unless told otherwise. */
export const DEFAULT_TOLERANCE_SECONDS = 300;
/** Secrets that can be active at a time: the old and the new one of a rotation. */
export const MAX_WEBHOOK_SECRETS = 2;
/** Largest body that is looked at, in bytes. */
export const MAX_WEBHOOK_BODY_BYTES = 64 * 1024;

export type WebhookFault =
  | 'header_missing'
  | 'header_invalid'
  | 'body_too_large'
  | 'signature_wrong'
  | 'timestamp_outside_window'
  | 'replayed'
  | 'nonce_store_full'
  | 'body_invalid'
  | 'event_unknown';

/**
 * The webhook must not be acted upon. Answer 400, with two exceptions: `event_unknown` is authentic but of a kind that this version
 * does not know (a test event, say), so answer 200; `nonce_store_full` is answered with 503, and the venue tries again.
 */
export class WebhookRejectedError extends Error {
  override readonly name = 'WebhookRejectedError';
  readonly fault: WebhookFault;

  constructor(fault: WebhookFault, detail: string) {
    super(`webhook rejected (${fault}): ${detail}`);
    this.fault = fault;
  }
}

/** Headers of `node:http` or of `fetch`. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

export interface VerifyWebhookOptions {
  readonly headers: WebhookHeaders;
  /** The bytes of the body before any parser touched them. */
  readonly rawBody: string | Uint8Array;
  /** One secret, or both during a rotation. */
  readonly secrets: readonly string[];
  /** Default {@link DEFAULT_TOLERANCE_SECONDS}. */
  readonly toleranceSeconds?: number;
  /** Default: one bounded store in memory for the whole process. */
  readonly seenNonces?: NonceStore;
  /** Unix milliseconds; default the machine's clock. */
  readonly now?: () => number;
}

export interface VerifiedWebhook {
  readonly event: WebhookEvent;
  /** See `idempotencyKeyOf`. */
  readonly idempotencyKey: string;
}

const processWideNonces = createMemoryNonceStore();

/**
 * Checks signature, time and replay of a webhook, in this order, and only then parses its body.
 *
 * @throws WebhookRejectedError when the webhook must not be acted upon.
 * @throws TypeError when the secrets are not one or two non-empty strings.
 */
export async function verifyWebhook(options: VerifyWebhookOptions): Promise<VerifiedWebhook> {
  const { headers, rawBody, secrets } = options;
  requireSecrets(secrets);
  const toleranceSeconds = requireTolerance(options.toleranceSeconds ?? DEFAULT_TOLERANCE_SECONDS);
  const timestamp = headerOf(headers, 'x-agent-timestamp', /^\d{1,12}$/);
  const nonce = headerOf(headers, 'x-agent-nonce', /^[\x21-\x7e]{1,128}$/);
  const signature = headerOf(headers, 'x-agent-signature', /^[\x21-\x7e]{1,128}$/);
  if (Buffer.byteLength(rawBody) > MAX_WEBHOOK_BODY_BYTES) {
    throw new WebhookRejectedError('body_too_large', `more than ${MAX_WEBHOOK_BODY_BYTES} bytes`);
  }
  if (!signatureHolds({ timestamp, nonce, rawBody }, signature, secrets)) {
    throw new WebhookRejectedError('signature_wrong', 'the signature is not over these bytes under these secrets');
  }
  const nowMs = (options.now ?? systemClock.now)();
  const timestampMs = Number(timestamp) * 1000;
  if (Math.abs(nowMs - timestampMs) > toleranceSeconds * 1000) {
    throw new WebhookRejectedError('timestamp_outside_window', `not within ${toleranceSeconds} s of now`);
  }
  // A timestamp on the very edge is still accepted, so the nonce lives a little longer than the window.
  const expiresAtMs = timestampMs + toleranceSeconds * 1000 + 1000;
  const verdict = await (options.seenNonces ?? processWideNonces).add(nonce, { nowMs, expiresAtMs });
  if (verdict === 'seen') throw new WebhookRejectedError('replayed', 'the nonce was used before');
  if (verdict === 'full') throw new WebhookRejectedError('nonce_store_full', 'no room to remember the nonce');
  const event = parseBody(rawBody);
  return { event, idempotencyKey: idempotencyKeyOf(event) };
}

/** Signs a webhook as the venue does, for tests of a partner's endpoint. */
export function signTestWebhook(
  event: WebhookEvent,
  secret: string,
  options: { readonly nowMs?: number; readonly nonce?: string } = {},
): { readonly headers: Readonly<Record<string, string>>; readonly rawBody: string } {
  const rawBody = JSON.stringify(event);
  const timestamp = String(Math.floor((options.nowMs ?? systemClock.now()) / 1000));
  const nonce = options.nonce ?? randomBytes(16).toString('hex');
  const headers = {
    'content-type': 'application/json',
    'x-agent-timestamp': timestamp,
    'x-agent-nonce': nonce,
    'x-agent-signature': webhookSignature({ timestamp, nonce, rawBody }, secret),
  };
  return { headers, rawBody };
}

function parseBody(rawBody: string | Uint8Array): WebhookEvent {
  try {
    const text = typeof rawBody === 'string' ? rawBody : new TextDecoder('utf-8', { fatal: true }).decode(rawBody);
    const body = asObject(JSON.parse(text), 'body');
    if (typeof body['event'] === 'string' && !isEventName(body['event'])) {
      throw new WebhookRejectedError('event_unknown', body['event'].slice(0, 64));
    }
    return webhookEvent(body, 'body');
  } catch (error) {
    if (error instanceof ShapeError) throw new WebhookRejectedError('body_invalid', error.message);
    if (error instanceof SyntaxError) throw new WebhookRejectedError('body_invalid', 'the body is not JSON');
    if (error instanceof TypeError) throw new WebhookRejectedError('body_invalid', 'the body is not UTF-8');
    throw error;
  }
}

function headerOf(headers: WebhookHeaders, name: string, form: RegExp): string {
  const values = headers instanceof Headers ? [headers.get(name)] : valuesIn(headers, name);
  const present = values.filter((value) => value !== null && value !== undefined);
  if (present.length === 0) throw new WebhookRejectedError('header_missing', name);
  const value = present[0];
  if (present.length > 1 || typeof value !== 'string' || !form.test(value)) {
    throw new WebhookRejectedError('header_invalid', name);
  }
  return value;
}

function valuesIn(headers: Readonly<Record<string, string | readonly string[] | undefined>>, name: string): unknown[] {
  return Object.entries(headers)
    .filter(([key]) => key.toLowerCase() === name)
    .flatMap(([, value]) => value);
}

function requireSecrets(secrets: readonly string[]): void {
  if (!Array.isArray(secrets) || secrets.length < 1 || secrets.length > MAX_WEBHOOK_SECRETS) {
    throw new TypeError(`secrets must be a list of 1 to ${MAX_WEBHOOK_SECRETS}`);
  }
  if (!secrets.every((secret) => typeof secret === 'string' && secret !== '')) {
    throw new TypeError('every secret must be a non-empty string');
  }
}

function requireTolerance(seconds: number): number {
  if (!Number.isFinite(seconds) || seconds < 0) throw new RangeError('toleranceSeconds must not be negative');
  return seconds;
}
