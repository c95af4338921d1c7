export { backOffMs, GIVE_UP_AFTER_MS } from './back-off.ts';
export {
  type DelivererOptions,
  type Receiver,
  type WaitingWebhook,
  WebhookDeliverer,
  type WebhookOutbox,
} from './deliverer.ts';
export { isGlobalAddress } from './global-address.ts';
export { type PostOptions, type PostRequest, type PostResult, post } from './post.ts';
export { type SignedHeaders, signWebhook } from './sign.ts';
