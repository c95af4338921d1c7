import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRedirectPath, REDIRECT_PATH_DEFAULT, REDIRECT_PATH_MAX_LENGTH } from './redirect-path.ts';

const SITE = 'https://venue.example';

describe('isRedirectPath', () => {
  it.each([
    REDIRECT_PATH_DEFAULT,
    '/',
    '/trade/ETHUSDT',
    '/trade/',
    '/zh-CN/futures/BTCUSDT',
    '/trade/BTCUSDT?theme=dark&locale=zh-CN',
    '/trade/BTCUSDT?from=https://partner.example/a//b',
    '/trade/BTCUSDT?next=%2Fwallet%3Fa%3D1',
    '/trade/BTCUSDT#positions',
    '/trade?a=[1]&b=x/y?z',
    '/%E4%BD%A0%E5%A5%BD',
    '/a.b/..c/d..',
    "/~user/(x)*!$&'+,;=:@-_",
    `/${'x'.repeat(REDIRECT_PATH_MAX_LENGTH - 1)}`,
  ])('accepts %s', (path) => {
    expect(isRedirectPath(path)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['no slash', 'trade/BTCUSDT'],
    ['absolute', 'https://evil.example/'],
    ['scheme alone', 'https:evil.example'],
    ['javascript', 'javascript:alert(1)'],
    ['data', 'data:text/html,x'],
    ['other host', '//evil.example'],
    ['other host, three slashes', '///evil.example'],
    ['backslash', '/\\evil.example'],
    ['two backslashes', '\\\\evil.example'],
    ['backslash later', '/trade\\..\\x'],
    ['backslash in the query', '/trade?x=\\'],
    ['double slash later', '/trade//evil.example'],
    ['escaped slash', '/%2Fevil.example'],
    ['escaped slash, lower case', '/%2fevil.example'],
    ['escaped slash later', '/trade%2Fx'],
    ['escaped backslash', '/%5Cevil.example'],
    ['escaped backslash, lower case', '/%5cevil.example'],
    ['slash escaped twice', '/%252Fevil.example'],
    ['backslash escaped twice', '/%255Cevil.example'],
    ['overlong slash', '/%C0%AFevil.example'],
    ['no UTF-8', '/%ff'],
    ['no UTF-8 in the query', '/trade?x=%ff'],
    ['dot', '/.'],
    ['dot and double slash', '/.//evil.example'],
    ['dots', '/..'],
    ['dots and double slash', '/..//evil.example'],
    ['dots inside', '/trade/../x'],
    ['escaped dot', '/%2e//evil.example'],
    ['escaped dots', '/%2e%2E/x'],
    ['half escaped dots', '/.%2e/x'],
    ['tab before the second slash', '/\t/evil.example'],
    ['newline before the second slash', '/\n/evil.example'],
    ['carriage return', '/\r/evil.example'],
    ['tab at the begin', '\t//evil.example'],
    ['space at the begin', ' /trade'],
    ['space at the end', '/trade '],
    ['space inside', '/tr ade'],
    ['newline at the end', '/trade\n'],
    ['header', '/trade\r\nSet-Cookie: a=b'],
    ['escaped header', '/trade%0d%0aSet-Cookie:%20a=b'],
    ['escaped header in the query', '/trade?x=%0D%0ALocation:%20y'],
    ['escaped header in the fragment', '/trade#%0a'],
    ['null', '/trade\u0000'],
    ['escaped null', '/trade%00'],
    ['escaped delete', '/trade%7F'],
    ['half an escape', '/trade%2'],
    ['no escape', '/trade%zz'],
    ['lone percent sign in the query', '/trade?x=100%'],
    ['quote', '/trade"x'],
    ['tag', '/trade?x=<script>'],
    ['back quote', '/trade`'],
    ['letter outside of ASCII', '/trade/ü'],
    ['full-width slash', '/／evil.example'],
    ['line separator', '/\u2028/evil.example'],
    ['no-break space', '/\u00a0/x'],
    ['byte order mark', '\ufeff/trade'],
    ['text direction', '/\u202etrade'],
    ['lone surrogate', '/\ud800'],
    ['too long', `/${'x'.repeat(REDIRECT_PATH_MAX_LENGTH)}`],
  ])('refuses %s', (_, path) => {
    expect(isRedirectPath(path)).toBe(false);
  });

  it('accepts no text that leads off the site, as it stands, resolved or decoded', () => {
    const pieces = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '%2f',
      '%5C',
      '%2e',
      '%25',
      '%09',
      '\t',
      '?',
      '#',
      'a',
      'x.y',
      '@',
      ':',
      '//',
      'http:',
    );
    const texts = fc.array(pieces, { maxLength: 8 }).map((parts) => `/${parts.join('')}`);
    let accepted = 0;
    fc.assert(
      fc.property(texts, (text) => {
        if (!isRedirectPath(text)) return;
        accepted += 1;
        const url = new URL(text, SITE);
        const [, path = ''] = /^([^?#]*)/.exec(text) ?? [];
        expect(url.origin).toBe(SITE);
        expect(url.pathname).toBe(path);
        expect(new URL(url.pathname, SITE).origin).toBe(SITE);
        expect(new URL(decodeURIComponent(url.pathname), SITE).href).toBe(new URL(url.pathname, SITE).href);
      }),
      { numRuns: 5_000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it('answers the worst text at once', () => {
    expect(isRedirectPath(`${'/a'.repeat(REDIRECT_PATH_MAX_LENGTH / 2 - 1)}/\\`)).toBe(false);
    expect(isRedirectPath('/'.repeat(1_000_000))).toBe(false);
  });
});
