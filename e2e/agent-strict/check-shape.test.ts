import { describe, expect, it } from 'vitest';
import { callTable } from './call-tables.ts';
import { faultsOf, faultsOfSuccess } from './check-shape.ts';
import type { Request } from './strict-agent.ts';

describe('the strict client', () => {
  const table = callTable('transfer');
  const good = {
    code: 0,
    message: 'success',
    orderNo: 'T-1',
    orderStatus: 'SUCCESS',
    agentUserId: 'carol',
    platformUserId: '1188041528',
  };

  it.each<[string, Request, Request, number]>([
    ['what the table says', good, {}, 0],
    ['an unknown field', { ...good, requestId: 'x' }, {}, 1],
    ['a missing field', { ...good, agentUserId: undefined }, {}, 1],
    ['a number for a text', { ...good, orderNo: 7 }, {}, 1],
    ['an empty text', { ...good, orderNo: '' }, {}, 1],
    ['an unknown status', { ...good, orderStatus: 'DONE' }, {}, 1],
    ['a short id', { ...good, platformUserId: '118804152' }, {}, 1],
    ['an environment that nobody asked for', { ...good, environment: 'PRODUCTION' }, {}, 1],
    ['no environment where one was asked for', good, { environment: 'PRODUCTION' }, 1],
    ['another message', { ...good, message: 'ok' }, {}, 1],
  ])('finds the faults of %s', (_title, body, request, faults) => {
    const found = faultsOfSuccess(JSON.parse(JSON.stringify(body)), table, request);
    expect(found, found.join('; ')).toHaveLength(faults);
  });

  it.each([
    ['decimal', ['0', '10', '10.50', '0.00000001'], ['', '01', '1e3', '.5', '1.', '-1', '+1', ' 1', 10]],
    ['signed decimal', ['-1.5', '0'], ['-0', '--1', -1]],
    ['decimal or empty', ['', '1'], ['-1', null]],
    ['decimal of 18 places', ['1.000000000000000000'], ['1', '1.0']],
    ['ISO time', ['2026-03-01T08:00:00.000Z'], ['', '2026-03-01', '2026-13-01T08:00:00Z', 1_772_352_000_000]],
    ['integer', [0, 5], [-1, 1.5, '5', 2 ** 53]],
    ['64-bit id', ['9223372036854775807'], ['9223372036854775808', '0', '01', 5]],
    ['seconds', [1_772_352_000], [1_772_352_000_000, '1772352000']],
    ['web address', ['https://venue.example/a?b=c'], ['javascript:alert(1)', '/a', '']],
    ['boolean', [true, false], ['true', 0, null]],
  ])('knows a %s', (format, right, wrong) => {
    for (const value of right) expect(faultsOf(value, format), String(value)).toEqual([]);
    for (const value of wrong) expect(faultsOf(value, format), String(value)).toHaveLength(1);
  });
});
