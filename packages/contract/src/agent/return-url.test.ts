import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isReturnUrl, RETURN_URL_MAX_LENGTH } from './return-url.ts';

describe('isReturnUrl', () => {
  it.each([
    'https://partner.example',
    'https://partner.example/',
    'http://partner.example/wallet?tab=futures#top',
    'HTTPS://Partner.Example/x',
    'https://partner.example:8443/a//b',
    'http://localhost:3000/back',
    'http://127.0.0.1/',
    'http://[::1]:8080/x',
    'https://my_app.partner.example/x@y',
    'https://partner.example/?next=https://user:pass@other.example/',
    'https://partner.example?q=1',
    'https://partner.example#x',
    'https://xn--fsq.example/',
    'https://partner.example/返回?a=é',
    'https://partner.example/%0a%2F%5C',
    `https://partner.example/${'x'.repeat(RETURN_URL_MAX_LENGTH - 24)}`,
  ])('accepts %s', (url) => {
    expect(isReturnUrl(url)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['relative', '/wallet'],
    ['without scheme', '//partner.example/'],
    ['host alone', 'partner.example'],
    ['javascript', 'javascript:alert(1)'],
    ['javascript in capitals', 'JaVaScRiPt:alert(1)'],
    ['javascript with slashes', 'javascript://partner.example/%0aalert(1)'],
    ['javascript after white space', ' javascript:alert(1)'],
    ['javascript with a tab inside', 'java\tscript:alert(1)'],
    ['javascript, escaped', '%6aavascript:alert(1)'],
    ['data', 'data:text/html,<script>alert(1)</script>'],
    ['vbscript', 'vbscript:x'],
    ['file', 'file:///etc/passwd'],
    ['blob', 'blob:https://partner.example/1'],
    ['ftp', 'ftp://partner.example/'],
    ['websocket', 'wss://partner.example/'],
    ['view-source', 'view-source:https://partner.example/'],
    ['httpx', 'httpx://partner.example/'],
    ['long s for s', 'http\u017f://partner.example/'],
    ['user', 'https://user@partner.example/'],
    ['user and password', 'https://user:pass@partner.example/'],
    ['empty user', 'https://@partner.example/'],
    ['empty user and password', 'https://:@partner.example/'],
    ['host as user', 'https://partner.example@evil.example/'],
    ['host and port as user', 'https://partner.example:443@evil.example/'],
    ['escaped at sign', 'https://partner.example%40evil.example/'],
    ['full-width at sign', 'https://partner.example＠evil.example/'],
    ['backslash before the at sign', 'https://partner.example\\@evil.example/'],
    ['backslashes for slashes', 'https:\\\\partner.example/'],
    ['slash and backslash', 'https:/\\partner.example/'],
    ['one slash', 'https:/partner.example/'],
    ['no slash', 'https:partner.example/'],
    ['three slashes', 'https:///partner.example/'],
    ['no host', 'https://'],
    ['no host but a path', 'https:///'],
    ['no host but a port', 'https://:443/'],
    ['no host but a query', 'https://?x'],
    ['escaped host', 'https://partner%2Eexample/'],
    ['full-width dot', 'https://partner。example/'],
    ['Kelvin sign', 'https://\u212aeeper.example/'],
    ['letter outside of ASCII in the host', 'https://pаrtner.example/'],
    ['port without digits', 'https://partner.example:/'],
    ['port too large', 'https://partner.example:65536/'],
    ['port in letters', 'https://partner.example:x/'],
    ['bad IPv4', 'https://1.2.3.256/'],
    ['bad IPv6', 'https://[::1/'],
    ['no IPv6', 'https://[:::]/'],
    ['space at the begin', ' https://partner.example/'],
    ['space at the end', 'https://partner.example/ '],
    ['space inside', 'https://partner.example/a b'],
    ['tab inside', 'https://part\tner.example/'],
    ['newline in the scheme', 'ht\ntps://partner.example/'],
    ['newline in the path', 'https://partner.example/\nx'],
    ['header', 'https://partner.example/\r\nSet-Cookie: a=b'],
    ['null', 'https://partner.example/\u0000'],
    ['delete', 'https://partner.example/\u007f'],
    ['next line', 'https://partner.example/\u0085'],
    ['no-break space', 'https://partner.example/\u00a0'],
    ['line separator', 'https://partner.example/\u2028'],
    ['text direction', 'https://partner.example/\u202egnp'],
    ['zero width', 'https://partner.example/\u200b'],
    ['byte order mark', '\ufeffhttps://partner.example/'],
    ['soft hyphen in the host', 'https://part\u00adner.example/'],
    ['lone surrogate', 'https://partner.example/\ud800'],
    ['quote', 'https://partner.example/"onclick="x'],
    ['tag', 'https://partner.example/<b>'],
    ['back quote', 'https://partner.example/`'],
    ['backslash in the path', 'https://partner.example/a\\b'],
    ['too long', `https://partner.example/${'x'.repeat(RETURN_URL_MAX_LENGTH - 23)}`],
  ])('refuses %s', (_, url) => {
    expect(isReturnUrl(url)).toBe(false);
  });

  it('accepts only what a browser reads as the host that stands there', () => {
    const pieces = fc.constantFrom(
      'https://',
      'http:',
      '/',
      '\\',
      '@',
      ':',
      'a.example',
      'b',
      '%40',
      '?',
      '#',
      '\t',
      '1',
      '.',
      '[::1]',
      'javascript:',
    );
    const texts = fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join(''));
    const prefixed = fc
      .tuple(fc.constantFrom('https://', 'http://a.example', ''), texts)
      .map((parts) => parts.join(''));
    let accepted = 0;
    fc.assert(
      fc.property(prefixed, (text) => {
        if (!isReturnUrl(text)) return;
        accepted += 1;
        const url = new URL(text);
        expect(['https:', 'http:']).toContain(url.protocol);
        expect(url.username + url.password).toBe('');
        const [, host] = /^https?:\/\/(\[[^\]]*\]|[^/?#:]*)/.exec(text) ?? [];
        expect(text).not.toMatch(/^https?:\/\/[^/?#]*@/);
        if (/[a-z]/.test(host ?? '')) expect(url.hostname).toBe(host);
      }),
      { numRuns: 5_000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });
});
