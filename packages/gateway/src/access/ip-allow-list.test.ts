import { describe, expect, test } from 'vitest';
import { networkOf, parseAddress } from './address.ts';
import { firstInvalidEntry, IpAllowLists } from './ip-allow-list.ts';

const lists = new IpAllowLists();

test.each([
  [['203.0.113.7'], '203.0.113.7', true],
  [['203.0.113.7'], '203.0.113.8', false],
  [['203.0.113.7'], '::ffff:203.0.113.7', true],
  [['203.0.113.7'], '::ffff:cb00:7107', true],
  [['::ffff:203.0.113.7'], '203.0.113.7', true],
  [['10.0.0.0/8'], '10.255.0.1', true],
  [['10.0.0.0/8'], '11.0.0.1', false],
  [['0.0.0.0/0'], '198.51.100.1', true],
  [['0.0.0.0/0'], '2001:db8::1', false],
  [['::/0'], '198.51.100.1', false],
  [['::ffff:10.0.0.0/104'], '10.1.2.3', true],
  [['::ffff:10.0.0.0/104'], '12.1.2.3', false],
  [['2001:db8::/32'], '2001:db8:1::5', true],
  [['2001:db8::/32'], '2001:db9::5', false],
  [['2001:DB8:0:0:0:0:0:1'], '2001:db8::1', true],
  [['192.0.2.1', '10.0.0.0/24'], '10.0.0.9', true],
  [[], 'anything', true],
  [['0.0.0.0/0'], 'unknown', false],
  [['fe80::/10'], 'fe80::1%eth0', false],
  [['203.0.113.7'], '203.0.113.7:4711', true],
  [['203.0.113.7'], '203.0.113.8:4711', false],
  [['203.0.113.7'], '203.0.113.7:', false],
  [['2001:db8::/32'], '[2001:db8::5]:4711', true],
  [['2001:db8::/32'], '[2001:db8::5]', true],
] as const)('the list %j and the source %s: %s', (entries, source, allowed) => {
  expect(lists.allows(entries, source)).toBe(allowed);
});

test.each([
  ['1.2.3'],
  ['1.2.3.4/33'],
  ['1.2.3.4/'],
  ['1.2.3.4/08'],
  ['::1/129'],
  ['fe80::1%1'],
  ['::ffff:1.2.3.4/95'],
  ['1.2.3.4:80'],
  ['[::1]'],
  ['a'],
])('the entry %s is refused', (entry) => {
  expect(firstInvalidEntry(['10.0.0.1', entry])).toBe(1);
});

test('readable entries pass', () => {
  expect(firstInvalidEntry(['10.0.0.1', '10.0.0.0/0', '::1', '2001:db8::/48', '::ffff:1.2.3.4/96'])).toBe(-1);
});

describe('the network that limits count by', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['203.0.113.7:4711', '203.0.113.7'],
    ['[2001:db8:1:2::9]:4711', '2001:db8:1:2::/64'],
    ['unknown', 'unknown'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  test('of an unreadable address is bounded', () => {
    expect(networkOf('x'.repeat(1_000))).toHaveLength(64);
    expect(parseAddress('x'.repeat(1_000))).toBeUndefined();
  });
});
