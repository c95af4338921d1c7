import { describe, expect, it } from 'vitest';
import { isGlobalAddress } from './global-address.ts';

describe('addresses that webhooks may go to', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '93.184.216.34',
    '172.15.255.255',
    '172.32.0.1',
    '2606:4700:4700::1111',
    '2a00:1450:4001::1',
  ])('%s is global', (address) => {
    expect(isGlobalAddress(address)).toBe(true);
  });
  it.each([
    '127.0.0.1',
    '127.255.0.9',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '192.0.2.1',
    '198.18.0.1',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
    '2001::1',
    'localhost',
    '',
    '1.1.1',
    '0x7f.1',
    '127.1',
    'fe80::1%eth0',
  ])('%j is not', (address) => {
    expect(isGlobalAddress(address)).toBe(false);
  });
});
