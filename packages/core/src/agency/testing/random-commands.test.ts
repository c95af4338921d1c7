import fc from 'fast-check';
import { expect, test } from 'vitest';
import { perform, randomSteps, started } from './random-commands.ts';

/** What the random commands must come across, or the properties that are checked with them say little. */
const OUTCOMES: readonly string[] = [
  'transfer SUCCESS',
  'transfer FAILED',
  'transfer SUCCESS repeated',
  'transfer FAILED repeated',
  'transfer-all-out SUCCESS',
  'transfer-all-out SUCCESS repeated',
  'transfer-all-out ORDER_NUMBER_CONFLICT',
  'reverse-transfer SUCCESS',
  'reverse-transfer FAILED',
  'reverse-transfer SUCCESS repeated',
  'reverse-transfer ORDER_NUMBER_CONFLICT',
  'reverse-transfer TRANSFER_NOT_REVERSIBLE',
  'reverse-transfer TRANSFER_NOT_FOUND',
  'transfer ORDER_NUMBER_CONFLICT',
  'transfer AGENT_USER_FOREIGN',
  'transfer AGENT_USER_UNBOUND',
  'transfer AGENT_USER_MISMATCH',
  'transfer AGENCY_FULL',
  'transfer AGENT_DISABLED',
  'transfer AGENT_UNKNOWN',
  'transfer AGENT_REQUEST_EXPIRED',
  'transfer NONCE_REUSED',
  'transfer NONCES_FULL',
  'wallet-transfer SUCCESS',
  'wallet-transfer FAILED',
  'wallet-transfer SUCCESS repeated',
  'wallet-transfer ORDER_NUMBER_CONFLICT',
  'wallet-transfer AGENCY_FULL',
  'wallet-transfer INVALID_PARAMETER',
  'move-own-funds funds-moved',
  'move-own-funds INSUFFICIENT_BALANCE',
  'move-own-funds OUT_OF_RANGE',
  'set-credentials credentials',
  'set-credentials USERNAME_TAKEN',
  'disable-user user-status',
  'bind-user binding',
  'bind-user EXTERNAL_ID_TAKEN',
  'adjust-agent-deposit INSUFFICIENT_BALANCE',
  'exchange-ticket ticket-session',
  'exchange-ticket TOKEN_INVALID',
  'exchange-embed-token embed-session',
  'create-embed-token AGENCY_FULL',
  'webhook-delivered done',
  'webhook-delivered WEBHOOK_OUT_OF_ORDER',
  'webhook-failed done',
  'webhook-dead done',
  'replay-webhook done',
  'replay-webhook WEBHOOK_UNKNOWN',
];

test('random commands come across every outcome that the properties are about', () => {
  const counts = new Map<string, number>();
  fc.assert(
    fc.property(randomSteps(250), (steps) => {
      const driver = started();
      for (const step of steps) {
        const { reply } = perform(driver, step);
        const outcome = !reply.ok
          ? reply.reason
          : reply.kind === 'transfer'
            ? `${reply.status}${reply.repeated ? ' repeated' : ''}`
            : reply.kind === 'wallet-transfer'
              ? `${reply.order.status}${reply.repeated ? ' repeated' : ''}`
              : reply.kind;
        const key = `${step.command.type} ${outcome}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }),
    { numRuns: 400, seed: 1 },
  );
  expect(OUTCOMES.filter((outcome) => (counts.get(outcome) ?? 0) < 5)).toEqual([]);
});
