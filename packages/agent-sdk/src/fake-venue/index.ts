export {
  type FakeAgentSetup,
  type FakeVenue,
  type FakeVenueOptions,
  MAX_AGENTS,
  MAX_BODY_BYTES,
  MAX_KEPT_REQUESTS,
  type ReceivedRequest,
  startFakeVenue,
  type UserName,
} from './fake-venue.ts';
export { type Fault, type FaultKind, MAX_FAULTS } from './faults.ts';
export { MAX_DELIVERY_ATTEMPTS, type WebhookDelivery } from './webhook-sender.ts';
