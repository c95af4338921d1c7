import { money } from '@openvenue/money';
import { describe, expect, test } from 'vitest';
import type { CreateAgent } from './command.ts';
import { MAX_IP_RANGES_PER_AGENT, MAX_ORIGINS_PER_AGENT, MAX_TRANSFER_AMOUNT } from './limits.ts';
import { balances, Driver, ORIGIN, opened, START_MS, usdt } from './testing/driver.ts';

describe('create-agent', () => {
  test('AGY-2: an agent is found by id and by code; its ids count up from 1', () => {
    const driver = new Driver();
    expect(driver.agent(1)).toBe(1);
    expect(driver.agent(2)).toBe(2);
    expect(driver.reads.agentByCode('agent-2')?.agentId).toBe(2);
    expect(driver.reads.agent(1)).toEqual({
      agentId: 1,
      agentCode: 'agent-1',
      publicNumber: '5000000001',
      name: 'Agent 1',
      webhookUrl: 'https://partner.example/hook',
      sealedSecrets: ['sealed-1'],
      origins: [ORIGIN],
      depositless: false,
      ipAllowList: [],
      disabled: false,
      createdAtMs: START_MS,
      deposit: 0n,
      commission: 0n,
    });
    expect([...driver.reads.agents()].map((agent) => agent.agentId)).toEqual([1, 2]);
    expect(driver.reads.agentByCode('AGENT-1')).toBeUndefined();
  });

  test('AGY-3: the event of a new agent says nothing of its secrets', () => {
    const { events } = new Driver().create(1, { sealedSecrets: ['top-secret-a', 'top-secret-b'] });
    expect(events).toHaveLength(1);
    expect(JSON.stringify(events)).not.toContain('top-secret');
  });

  test('AGY-2: a code and a public number are given once', () => {
    const driver = new Driver();
    driver.agent(1);
    expect(driver.create(2, { agentCode: 'agent-1', publicNumber: '5000000001' }).reply).toMatchObject({
      reason: 'AGENT_CODE_TAKEN',
    });
    expect(driver.create(2, { publicNumber: '5000000001' }).reply).toMatchObject({ reason: 'AGENT_NUMBER_TAKEN' });
  });

  test('AGY-2: the number of agents is limited', () => {
    const driver = new Driver({ agents: 2 });
    driver.agent(1);
    driver.agent(2);
    expect(driver.create(3).reply).toMatchObject({ ok: false, reason: 'AGENCY_FULL' });
  });

  const faulty: readonly Partial<CreateAgent>[] = [
    { agentCode: '' },
    { agentCode: 'a'.repeat(65) },
    { agentCode: 'a b' },
    { publicNumber: '123456789' },
    { publicNumber: '123456789x' },
    { name: '' },
    { name: 'x'.repeat(129) },
    { name: '\ud800' },
    { webhookUrl: 'ftp://partner.example' },
    { webhookUrl: `https://${'x'.repeat(2_041)}` },
    { sealedSecrets: [] },
    { sealedSecrets: ['a', 'b', 'c'] },
    { sealedSecrets: ['a', ''] },
    { origins: ['https://partner.example/'] },
    { origins: ["https://partner.example; script-src 'unsafe-inline'"] },
    { origins: ['https://*.partner.example'] },
    { origins: ['https://Partner.example'] },
    { origins: ['null'] },
    { ipAllowList: [''] },
    { ipAllowList: ['192.0.2.0 /24'] },
    { ipAllowList: Array.from({ length: MAX_IP_RANGES_PER_AGENT + 1 }, (_, i) => `192.0.2.${i}`) },
    { origins: [ORIGIN, ORIGIN] },
    { origins: Array.from({ length: MAX_ORIGINS_PER_AGENT + 1 }, (_, i) => `https://p${i}.example`) },
  ];
  test.each(faulty)('AGY-1: refuses %j', (fields) => {
    const driver = new Driver();
    const before = driver.bytes();
    const { reply, events } = driver.create(1, fields);
    expect(reply).toMatchObject({ ok: false, details: { field: Object.keys(fields)[0] } });
    expect(events).toEqual([]);
    expect(driver.bytes()).toEqual(before);
  });

  const valid: readonly Partial<CreateAgent>[] = [
    { agentCode: 'a' },
    { agentCode: 'A.b_c-9'.padEnd(64, 'x') },
    { name: 'x'.repeat(128) },
    { webhookUrl: '' },
    { webhookUrl: `http://${'x'.repeat(2_041)}` },
    { sealedSecrets: ['a', 'b'] },
    { origins: [] },
    { ipAllowList: ['192.0.2.0/24', '2001:db8::1'] },
    { ipAllowList: Array.from({ length: MAX_IP_RANGES_PER_AGENT }, (_, i) => `192.0.2.${i}`) },
    { origins: ['http://localhost:5173', 'https://[2001:db8::1]:8443'] },
    { origins: Array.from({ length: MAX_ORIGINS_PER_AGENT }, (_, i) => `https://p${i}.example`) },
  ];
  test.each(valid)('AGY-2: takes %j', (fields) => {
    expect(new Driver().create(1, fields).reply).toMatchObject({ ok: true });
  });
});

describe('update-agent', () => {
  test('AGY-3: changes what it names and nothing else', () => {
    const { driver, agentId } = opened();
    const before = driver.reads.agent(agentId);
    const run = driver.run({ type: 'update-agent', agentId, sealedSecrets: ['new', 'sealed-1'] });
    expect(run.reply).toEqual({ ok: true, kind: 'done' });
    expect(JSON.stringify(run.events)).not.toContain('sealed-1');
    expect(driver.reads.agent(agentId)).toEqual({ ...before, sealedSecrets: ['new', 'sealed-1'] });
    driver.run({ type: 'update-agent', agentId, name: 'N', webhookUrl: '', origins: [], depositless: true });
    expect(driver.reads.agent(agentId)).toEqual({
      ...before,
      sealedSecrets: ['new', 'sealed-1'],
      name: 'N',
      webhookUrl: '',
      origins: [],
      depositless: true,
    });
    driver.run({ type: 'update-agent', agentId, ipAllowList: ['192.0.2.7'] });
    expect(driver.reads.agent(agentId)).toMatchObject({ name: 'N', ipAllowList: ['192.0.2.7'] });
    expect(driver.run({ type: 'update-agent', agentId, ipAllowList: [''] }).reply).toMatchObject({ ok: false });
  });

  test('AGY-3: an unknown agent and faulty settings are refused', () => {
    const { driver, agentId } = opened();
    expect(driver.run({ type: 'update-agent', agentId: 9, name: 'x' }).reply).toMatchObject({
      reason: 'AGENT_UNKNOWN',
    });
    expect(driver.run({ type: 'update-agent', agentId, sealedSecrets: [] }).reply).toMatchObject({ ok: false });
    expect(driver.run({ type: 'update-agent', agentId, origins: ['x'] }).reply).toMatchObject({ ok: false });
  });

  test('AGY-4: origins may embed while their agent is not disabled, each named once', () => {
    const driver = new Driver();
    driver.agent(1, { origins: ['https://a.example', ORIGIN] });
    const second = driver.agent(2, { origins: [ORIGIN, 'https://b.example'] });
    expect(driver.reads.frameOrigins()).toEqual(['https://a.example', ORIGIN, 'https://b.example']);
    driver.run({ type: 'update-agent', agentId: second, disabled: true });
    expect(driver.reads.frameOrigins()).toEqual(['https://a.example', ORIGIN]);
  });
});

describe('adjust-agent-deposit', () => {
  test('AGY-5: books an entry with before and after, and counts what came in from outside', () => {
    const driver = new Driver();
    const agentId = driver.agent(1);
    driver.deposit(agentId, usdt(100));
    const { reply, events } = driver.deposit(agentId, usdt(-30));
    expect(reply).toEqual({ ok: true, kind: 'deposit', deposit: usdt(70) });
    expect(events).toEqual([
      {
        type: 'agent-ledger',
        entry: {
          agentId,
          changeType: 'ADJUSTMENT',
          amount: usdt(-30),
          depositBefore: usdt(100),
          depositAfter: usdt(70),
          referenceId: 0,
          createdAtMs: START_MS,
        },
      },
    ]);
    expect(driver.reads.external()).toBe(usdt(70));
    expect(driver.reads.moneyHeld()).toBe(usdt(70));
  });

  test('AGY-5: only what is there can leave, unless the agent may owe', () => {
    const { driver, agentId } = opened();
    expect(driver.deposit(agentId, money(-usdt(1_000) - 1n)).reply).toMatchObject({
      reason: 'INSUFFICIENT_BALANCE',
      details: { required: usdt(1_000) + 1n, available: usdt(1_000) },
    });
    expect(driver.deposit(agentId, usdt(-1_000)).reply).toMatchObject({ deposit: 0n });
    driver.run({ type: 'update-agent', agentId, depositless: true });
    expect(driver.deposit(agentId, usdt(-5)).reply).toMatchObject({ deposit: usdt(-5) });
  });

  test('AGY-5: 0, too much and an unknown agent are refused', () => {
    const { driver, agentId } = opened();
    for (const amount of [0n, MAX_TRANSFER_AMOUNT + 1n, -MAX_TRANSFER_AMOUNT - 1n]) {
      expect(driver.deposit(agentId, money(amount)).reply).toMatchObject({ reason: 'OUT_OF_RANGE' });
    }
    expect(driver.deposit(9, usdt(1)).reply).toMatchObject({ reason: 'AGENT_UNKNOWN' });
    expect(driver.deposit(agentId, money(MAX_TRANSFER_AMOUNT)).reply).toMatchObject({ ok: true });
  });

  test('AGY-5: a depositless agent transfers without a deposit; afterwards its debt comes first', () => {
    const venue = opened();
    const { driver, agentId } = venue;
    driver.run({ type: 'update-agent', agentId, depositless: true });
    expect(driver.transfer(agentId, 'a', { amount: usdt(1_500) }).reply).toMatchObject({ status: 'SUCCESS' });
    expect(balances(venue)).toEqual({ deposit: -500, wallet: 1_500 });
    driver.run({ type: 'update-agent', agentId, depositless: false });
    expect(driver.transfer(agentId, 'b', { amount: money(1n) }).reply).toMatchObject({ status: 'FAILED' });
    expect(driver.deposit(agentId, usdt(100)).reply).toMatchObject({ deposit: usdt(-400) });
    expect(driver.deposit(agentId, money(-1n)).reply).toMatchObject({ reason: 'INSUFFICIENT_BALANCE' });
  });
});
