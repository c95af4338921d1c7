import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { RATE_LIMIT_DEFAULTS } from '../packages/gateway/src/limits/rate-limits.ts';
import { ROOT } from './source-files.ts';

const guide = (name: string): string => readFileSync(join(ROOT, 'docs/guides', name), 'utf8');
const rowsOf = (text: string): readonly (readonly string[])[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
const codeOf = (cell = ''): string => cell.replace(/^`|`$/g, '');

describe('the guide to signing', () => {
  const text = guide('developer-signing.md');
  const secret = /The secret is `([^`]+)`/.exec(text)?.[1] ?? '';
  const vectors = rowsOf(text).slice(1);

  it('has vectors', () => expect(vectors).toHaveLength(7));

  it.each(vectors)('shows %s', (_title, query, body, signature) => {
    const payload = codeOf(query) + codeOf(body);
    expect(createHmac('sha256', secret).update(payload).digest('hex')).toBe(codeOf(signature));
  });
});

it('the guide to the order book shows the checksums of what it shows', () => {
  type Sides = Readonly<Record<'bids' | 'asks', readonly (readonly [string, string])[]>>;
  const messages = guide('developer-order-book.md')
    .split('\n')
    .filter((line) => line.startsWith('{"type"'))
    .map((line) => JSON.parse(line) as Sides & { readonly type: string; readonly checksum: number });
  const levels = { bids: new Map<string, string>(), asks: new Map<string, string>() };
  const best = (side: 'bids' | 'asks', rank: number) =>
    [...levels[side]].sort(([a], [b]) => (side === 'bids' ? Number(b) - Number(a) : Number(a) - Number(b)))[rank] ?? [];
  expect(messages.map(({ type }) => type)).toEqual(['snapshot', 'update']);
  for (const message of messages) {
    for (const side of ['bids', 'asks'] as const) {
      for (const [price, quantity] of message[side]) {
        if (quantity === '0') levels[side].delete(price);
        else levels[side].set(price, quantity);
      }
    }
    const line = Array.from({ length: 10 }, (_, rank) => [...best('bids', rank), ...best('asks', rank)]).flat();
    expect(crc32(line.join(':')), message.type).toBe(message.checksum);
  }
});

it('the guide to limits names the defaults', () => {
  const shown = rowsOf(guide('developer-limits.md'))
    .slice(1)
    .map(([, , perSecond, burst]) => ({ perSecond: Number(perSecond), burst: Number(burst) }));
  const { public: open, private: own, order, cancel, login, loginName, authentication, agent } = RATE_LIMIT_DEFAULTS;
  expect(shown).toEqual([open, own, order, cancel, login, loginName, authentication, agent]);
});
