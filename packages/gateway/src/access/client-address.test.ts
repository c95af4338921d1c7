import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { clientAddressOf } from './client-address.ts';

const request = (peer: string, forwarded?: string) =>
  ({
    socket: { remoteAddress: peer },
    connection: { remoteAddress: peer },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage;

describe('the address of a client', () => {
  it('is the peer, whatever it claims, without trusted proxies', () => {
    expect(clientAddressOf([])(request('203.0.113.9', '198.51.100.1'))).toBe('203.0.113.9');
  });
  it('is the last one that no trusted proxy vouches beyond', () => {
    const addressOf = clientAddressOf(['10.0.0.0/8']);
    expect(addressOf(request('10.1.2.3', '198.51.100.1'))).toBe('198.51.100.1');
    expect(addressOf(request('10.1.2.3', '1.1.1.1, 198.51.100.1, 10.9.9.9'))).toBe('198.51.100.1');
    expect(addressOf(request('203.0.113.9', '198.51.100.1'))).toBe('203.0.113.9');
  });
});
