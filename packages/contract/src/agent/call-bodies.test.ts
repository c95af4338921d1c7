import { describe, expect, it } from 'vitest';
import { type AgentOperationName, agentOperations } from './calls.ts';
import { agentFailureOfProblem } from './failure.ts';
import { walletTransferOrderNo } from './wallet/wallet-transfer-status.ts';

/** A well-formed body of every call. */
const GOOD: Readonly<Record<AgentOperationName, Readonly<Record<string, unknown>>>> = {
  bindUser: { agentUserId: 'u-1' },
  transfer: { agentOrderNo: 'T-1', agentUserId: 'u-1', direction: 'IN', amount: '10' },
  transferAllOut: { agentOrderNo: 'T-2', platformUserId: '1188041528' },
  reverse: { origOrderNo: 'T-1', reverseOrderNo: 'R-1', reverseReason: 'wrong customer' },
  queryOrder: { orderNo: 'T-1', orderType: 'TRANSFER_IN' },
  listOrders: {},
  queryAccount: {},
  queryUserAssets: { platformUserId: '1188041528' },
  walletTransfer: { agentOrderNo: 'W-1', agentUserId: 'u-1', direction: 'PARTNER_TO_FUNDING', amount: '1' },
  walletTransferStatus: { agentOrderNo: 'W-1' },
  setCredentials: { agentUserId: 'u-1', username: 'alice', password: 'p' },
  disableUser: { agentUserId: 'u-1', disabled: false },
  agentEvents: { afterSeq: 0 },
  createEntryUrl: { agentUserId: 'u-1' },
  createEmbedToken: { agentUserId: 'u-1', channelId: 'tw_1' },
  listSupportedFiatCurrencies: {},
  queryExchangeRates: {},
  perpetualCurrentOrders: { orderCategory: 'NORMAL' },
  perpetualOrderHistory: { orderCategory: 'NORMAL' },
  perpetualTrades: { platformUserIds: ['1188041528'] },
  perpetualCurrentPositions: {},
  perpetualPositionHistory: {},
  perpetualAccountLedger: {},
};
const names = Object.keys(GOOD) as AgentOperationName[];

/** `0` when the body is well-formed, else its code and field. */
function answer(name: AgentOperationName, change: Readonly<Record<string, unknown>> = {}): string {
  const given = Object.entries({ ...GOOD[name], ...change }).filter(([, value]) => value !== undefined);
  const checked = agentOperations[name].bodyValidator.validate(Object.fromEntries(given));
  return checked.ok ? '0' : `${agentFailureOfProblem(checked.problem).code} ${checked.problem.field}`;
}

describe('bodies of the calls', () => {
  it.each(names)('%s: well-formed, with fields that nobody knows', (name) => {
    expect(answer(name)).toBe('0');
    expect(answer(name, { agentCode: 'acme', timestamp: 1, nonce: 'n', extraField: { deep: [1] } })).toBe('0');
  });

  it.each(
    names.flatMap((name) =>
      Object.keys(GOOD[name])
        .filter((field) => agentOperations[name].body.required?.some((each) => each === field))
        .map((field) => [name, field] as const),
    ),
  )('%s needs %s', (name, field) => {
    expect(answer(name, { [field]: undefined })).toBe(`102001 ${field}`);
    expect(answer(name, { [field]: { not: 'this' } })).toBe(`102002 ${field}`);
  });

  it.each(['0.00000001', '1', '10.00', '10.50000000', '123456789012345678901234567890.12345678', '0.1'])(
    'takes the amount %s',
    (amount) => {
      expect(answer('transfer', { amount })).toBe('0');
      expect(answer('walletTransfer', { amount })).toBe('0');
    },
  );

  it.each([
    '0',
    '0.0',
    '0.00000000',
    '0.000000001',
    '1.123456789',
    '-1',
    '+1',
    '01',
    '.5',
    '5.',
    '1e3',
    '1,000',
    ' 1',
    '1 ',
    '1\n',
    'NaN',
    'Infinity',
    '0x1',
    '١',
    '1\u0000',
    10,
    10.5,
    true,
    ['1'],
  ])('refuses the amount %j', (amount) => {
    expect(answer('transfer', { amount })).toBe('102002 amount');
    expect(answer('walletTransfer', { amount })).toBe('102002 amount');
  });

  it.each<[AgentOperationName, Readonly<Record<string, unknown>>, string]>([
    ['bindUser', { agentUserId: 'u'.repeat(64) }, '0'],
    ['bindUser', { agentUserId: 'u'.repeat(65) }, '102003 agentUserId'],
    ['bindUser', { agentUserId: '🚀'.repeat(64) }, '0'],
    ['bindUser', { agentUserId: 'a\u0000b' }, '102002 agentUserId'],
    ['bindUser', { agentUserId: 7 }, '102002 agentUserId'],
    ['bindUser', { agentUserId: 'a+b@c.example/=&?' }, '0'],
    ['bindUser', { username: 'Zoë "O\'Neil" <李> 🚀' }, '0'],
    ['bindUser', { username: 'x'.repeat(129) }, '102003 username'],
    ['bindUser', { ext: { any: ['thing', 1] } }, '0'],
    ['bindUser', { ext: 'text' }, '0'],
    ['perpetualCurrentOrders', { orderCategory: undefined }, '102001 orderCategory'],
    ['perpetualCurrentOrders', { orderCategory: undefined, cursor: 'c' }, '0'],
    ['perpetualCurrentOrders', { orderCategory: 'CONDITIONAL' }, '102001 platformUserIds'],
    ['perpetualCurrentOrders', { orderCategory: 'CONDITIONAL', platformUserIds: ['1188041528'] }, '0'],
    ['perpetualOrderHistory', { conditionId: '1' }, '102002 conditionId'],
    [
      'perpetualOrderHistory',
      { orderCategory: 'CONDITIONAL', platformUserIds: ['1188041528'], orderId: '1' },
      '102002 orderId',
    ],
    ['perpetualTrades', { platformUserIds: undefined }, '102001 platformUserIds'],
    ['perpetualTrades', { platformUserIds: [] }, '102002 platformUserIds'],
    ['perpetualTrades', { platformUserIds: Array.from({ length: 100 }, String) }, '0'],
    ['perpetualTrades', { platformUserIds: Array.from({ length: 101 }, String) }, '102002 platformUserIds'],
    ['perpetualTrades', { platformUserIds: [1188041528] }, '102002 platformUserIds[0]'],
    ['perpetualTrades', { platformUserIds: '1188041528' }, '102002 platformUserIds'],
    ['perpetualTrades', { limit: 1_000 }, '0'],
    ['perpetualTrades', { limit: 1_001 }, '102003 limit'],
    ['perpetualTrades', { limit: 0 }, '102003 limit'],
    ['perpetualAccountLedger', { changeType: 'fee' }, '102002 changeType'],
    ['perpetualPositionHistory', { positionSide: 'UP' }, '102002 positionSide'],
    ['perpetualPositionHistory', { startTime: '2026-03-01' }, '102002 startTime'],
    ['queryExchangeRates', { sourceCurrencies: 'EUR' }, '0'],
    ['queryExchangeRates', { sourceCurrencies: 'EUR,JPY' }, '0'],
    ['queryExchangeRates', { sourceCurrencies: 'EUR,' }, '102002 sourceCurrencies'],
    ['queryExchangeRates', { sourceCurrencies: 'EUR, JPY' }, '102002 sourceCurrencies'],
    ['queryExchangeRates', { sourceCurrencies: 'eur' }, '102002 sourceCurrencies'],
    ['queryExchangeRates', { sourceCurrencies: ['EUR'] }, '102002 sourceCurrencies'],
    ['transfer', { agentOrderNo: 'T'.repeat(64) }, '0'],
    ['transfer', { agentOrderNo: 'T'.repeat(65) }, '102003 agentOrderNo'],
    ['transfer', { agentUserId: undefined }, '102001 agentUserId'],
    ['transfer', { agentUserId: undefined, platformUserId: '1188041528' }, '0'],
    ['transfer', { platformUserId: '1188041528' }, '0'],
    ['transfer', { platformUserId: 'not-an-id' }, '0'],
    ['transfer', { platformUserId: 1188041528 }, '102002 platformUserId'],
    ['transfer', { direction: 'in' }, '102002 direction'],
    ['transfer', { direction: 'TRANSFER_IN' }, '102002 direction'],
    ['transfer', { currency: 'USDT' }, '0'],
    ['transfer', { currency: 'BTC' }, '102002 currency'],
    ['transfer', { currency: 'usdt' }, '102002 currency'],
    ['transfer', { amount: '1'.repeat(41) }, '102003 amount'],
    ['transfer', { environment: 'SIMULATED' }, '0'],
    ['transfer', { environment: 'TEST' }, '102002 environment'],
    ['transferAllOut', { platformUserId: undefined }, '102001 agentUserId'],
    ['reverse', { reverseReason: 'x'.repeat(257) }, '102003 reverseReason'],
    ['queryOrder', { orderType: 'IN' }, '102002 orderType'],
    ['listOrders', { orderType: 'TRANSFER_OUT', status: 'DEAD', page: 3, pageSize: 100 }, '0'],
    ['listOrders', { status: 'DONE' }, '102002 status'],
    ['listOrders', { page: 0 }, '102003 page'],
    ['listOrders', { page: '1' }, '102002 page'],
    ['listOrders', { pageSize: 0 }, '102003 pageSize'],
    ['listOrders', { pageSize: 101 }, '102003 pageSize'],
    ['listOrders', { startTime: '2026-03-01T08:00:00Z', endTime: '2026-03-01T16:00:00+08:00' }, '0'],
    ['listOrders', { startTime: '2026-02-30T08:00:00Z' }, '102002 startTime'],
    ['listOrders', { endTime: '2026-03-01' }, '102002 endTime'],
    ['listOrders', { endTime: 1_772_007_815_000 }, '102002 endTime'],
    ['listOrders', { endTime: 'x'.repeat(36) }, '102003 endTime'],
    ['queryUserAssets', { includeFunding: true }, '0'],
    ['queryUserAssets', { includeFunding: 'true' }, '102002 includeFunding'],
    ['walletTransfer', { amount: undefined }, '102001 amount'],
    ['walletTransfer', { transferAll: false }, '0'],
    ['walletTransfer', { transferAll: true }, '102002 amount'],
    ['walletTransfer', { transferAll: true, amount: undefined }, '102002 transferAll'],
    ['walletTransfer', { transferAll: true, amount: undefined, direction: 'FUNDING_TO_PARTNER' }, '102002 transferAll'],
    ['walletTransfer', { transferAll: true, amount: undefined, direction: 'FUNDING_TO_CONTRACT' }, '0'],
    ['walletTransfer', { transferAll: true, amount: undefined, direction: 'CONTRACT_TO_FUNDING' }, '0'],
    ['walletTransfer', { transferAll: true, direction: 'CONTRACT_TO_FUNDING' }, '102002 amount'],
    ['walletTransfer', { agentUserId: undefined, amount: undefined }, '102001 agentUserId'],
    ['walletTransferStatus', { agentOrderNo: undefined }, '102001 agentOrderNo'],
    ['walletTransferStatus', { agentOrderNo: undefined, orderNo: 'W-1' }, '0'],
    ['walletTransferStatus', { orderNo: 'W-1' }, '0'],
    ['walletTransferStatus', { orderNo: 'W-2' }, '102002 orderNo'],
    ['setCredentials', { username: 'al' }, '102003 username'],
    ['setCredentials', { username: 'a'.repeat(33) }, '102003 username'],
    ['setCredentials', { password: 'p'.repeat(65) }, '102003 password'],
    ['disableUser', { disabled: 'false' }, '102002 disabled'],
    ['disableUser', { disabled: 1 }, '102002 disabled'],
    ['agentEvents', { afterSeq: -1 }, '102003 afterSeq'],
    ['agentEvents', { afterSeq: '0' }, '102002 afterSeq'],
    ['agentEvents', { afterSeq: 2 ** 53 }, '102003 afterSeq'],
    ['agentEvents', { limit: 1_000 }, '0'],
    ['agentEvents', { limit: 0 }, '102003 limit'],
    ['agentEvents', { limit: 1_001 }, '102003 limit'],
    ['createEntryUrl', { redirectPath: '/trade/ETHUSDT', returnUrl: 'https://partner.example/' }, '0'],
    ['createEntryUrl', { redirectPath: '//evil.example' }, '102002 redirectPath'],
    ['createEntryUrl', { redirectPath: `/${'x'.repeat(1_024)}` }, '102003 redirectPath'],
    ['createEntryUrl', { returnUrl: 'javascript:alert(1)' }, '102002 returnUrl'],
    ['createEntryUrl', { returnUrl: `https://${'x'.repeat(2_048)}` }, '102003 returnUrl'],
    ['createEmbedToken', { symbol: 'ETHUSDT' }, '0'],
    ['createEmbedToken', { symbol: 'ETH USDT' }, '102002 symbol'],
    ['createEmbedToken', { channelId: 'c'.repeat(128) }, '0'],
    ['createEmbedToken', { channelId: 'c'.repeat(129) }, '102003 channelId'],
  ])('%s with %j answers %s', (name, change, expected) => {
    expect(answer(name, change)).toBe(expected);
  });

  it('reads the number of a wallet transfer under either name', () => {
    expect(walletTransferOrderNo({ agentOrderNo: 'W-1' })).toBe('W-1');
    expect(walletTransferOrderNo({ orderNo: 'W-1' })).toBe('W-1');
    expect(() => walletTransferOrderNo({})).toThrow('has passed its rule');
  });

  it('echoes no password', () => {
    const { bodyValidator } = agentOperations.setCredentials;
    const checked = bodyValidator.validate({ ...GOOD.setCredentials, password: 'hunter2'.repeat(20) });
    expect(checked.ok).toBe(false);
    expect(JSON.stringify(checked)).not.toContain('hunter2');
  });
});
