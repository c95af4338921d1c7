import { describe, expect, it } from 'vitest';
import { expectDescriptions, expectWellFormedExamples } from '../testing/schema-checks.ts';
import { compileValidator, validate } from '../validation.ts';
import {
  WEBHOOK_EVENT_NAMES,
  WEBHOOK_EVENTS,
  WEBHOOK_ORDER_TYPES,
  WEBHOOK_TARGET_STATUSES,
  WebhookBody,
  webhookBodyValidator,
  webhookIdempotencyKey,
} from './webhook-body.ts';
import { WEBHOOK_HEADER, WebhookHeaders, webhookPayloadPrefix } from './webhook-headers.ts';

const BODY: WebhookBody = {
  event: 'transfer.completed',
  orderType: 'transfer',
  orderId: 9_007_199_254_740_991,
  orderNo: 'T-7',
  targetStatus: 'SUCCESS',
  direction: 'IN',
  transferMode: 'FIXED_AMOUNT',
  currency: 'USDT',
  amount: '10.00',
  agentCode: 'acme',
  agentUserId: 'u-1',
  platformUserId: '1188041528',
  failReason: '',
  createdAt: '2026-03-01T08:00:00.000Z',
  completedAt: '2026-03-01T08:00:00.250Z',
};

const problem = (body: unknown) => {
  const checked = validate(webhookBodyValidator, body);
  return checked.ok ? undefined : checked.problem;
};

describe('webhook body', () => {
  it('has the fields of the contract, literally, and no other', () => {
    expect(Object.keys(WebhookBody.properties)).toEqual(Object.keys(BODY));
    expect(WebhookBody.required).toEqual(Object.keys(BODY));
    expect(problem(BODY)).toBeUndefined();
    expect(problem({ ...BODY, requestId: 'r' })).toMatchObject({ code: 2002, field: 'requestId' });
  });

  it('knows which event, order type and status go together', () => {
    const accepted = WEBHOOK_EVENT_NAMES.flatMap((event) =>
      WEBHOOK_ORDER_TYPES.flatMap((orderType) =>
        WEBHOOK_TARGET_STATUSES.filter((targetStatus) => !problem({ ...BODY, event, orderType, targetStatus })).map(
          (targetStatus) => `${event} ${orderType} ${targetStatus}`,
        ),
      ),
    );
    expect(accepted).toEqual([
      'transfer.completed transfer SUCCESS',
      'transfer.completed transfer FAILED',
      'transfer.completed transfer REVERSED',
      'reverse.completed reverse SUCCESS',
      'reverse.completed reverse FAILED',
      'transfer.dead transfer DEAD',
    ]);
    expect(Object.keys(WEBHOOK_EVENTS)).toEqual([...WEBHOOK_EVENT_NAMES]);
  });

  it.each([
    [{ orderId: '7' }, 2002, 'orderId'],
    [{ orderId: 2 ** 53 }, 2003, 'orderId'],
    [{ orderId: 0 }, 2003, 'orderId'],
    [{ targetStatus: 'PROCESSING' }, 2002, 'targetStatus'],
    [{ event: 'transfer.created' }, 2002, 'event'],
    [{ amount: 10 }, 2002, 'amount'],
    [{ createdAt: 1_772_007_815_000 }, 2002, 'createdAt'],
    [{ failReason: undefined }, 2001, 'failReason'],
  ])('refuses %j with %i for %s', (change, code, field) => {
    expect(problem({ ...BODY, ...change })).toMatchObject({ code, field });
  });

  it('has one key an outcome', () => {
    expect(webhookIdempotencyKey(BODY)).toBe('transfer:9007199254740991:SUCCESS');
    expect(webhookIdempotencyKey({ ...BODY, targetStatus: 'REVERSED' })).not.toBe(webhookIdempotencyKey(BODY));
  });

  it('describes its fields, with examples', () => {
    expectDescriptions('body', WebhookBody);
    expectWellFormedExamples('body', WebhookBody);
    expectDescriptions('headers', WebhookHeaders);
    expectWellFormedExamples('headers', WebhookHeaders);
  });
});

describe('webhook headers', () => {
  const HEADERS = {
    'X-Agent-Timestamp': '1772007815',
    'X-Agent-Nonce': '0b5d8f4c2f7e4c0a',
    'X-Agent-Signature': 'ab'.repeat(32),
  };
  const validator = compileValidator(WebhookHeaders);

  it('are three', () => {
    expect(Object.keys(WebhookHeaders.properties)).toEqual(Object.keys(HEADERS));
    expect(Object.values(WEBHOOK_HEADER)).toEqual(Object.keys(HEADERS));
    expect(validate(validator, { ...HEADERS, 'Content-Type': 'application/json' }).ok).toBe(true);
  });

  it.each([
    [{ 'X-Agent-Timestamp': '1772007815.5' }],
    [{ 'X-Agent-Timestamp': '-1' }],
    [{ 'X-Agent-Timestamp': 1_772_007_815 }],
    [{ 'X-Agent-Nonce': 'short' }],
    [{ 'X-Agent-Nonce': `${'a'.repeat(20)}\n` }],
    [{ 'X-Agent-Signature': 'AB'.repeat(32) }],
    [{ 'X-Agent-Signature': 'ab'.repeat(31) }],
    [{ 'X-Agent-Signature': undefined }],
  ])('refuses %j', (change) => {
    expect(validate(validator, { ...HEADERS, ...change }).ok).toBe(false);
  });

  it('signs timestamp, nonce and body with nothing between', () => {
    expect(`${webhookPayloadPrefix({ timestamp: '1772007815', nonce: 'n' })}{"a":1}`).toBe('1772007815n{"a":1}');
  });
});
