import { expect, it } from 'vitest';
import { nearHost, urlOf } from './own-url.ts';

it.each([
  ['127.0.0.1', 'http://127.0.0.1:8080'],
  ['0.0.0.0', 'http://127.0.0.1:8080'],
  ['::', 'http://127.0.0.1:8080'],
  ['localhost', 'http://127.0.0.1:8080'],
  ['::1', 'http://[::1]:8080'],
  ['192.0.2.7', 'http://192.0.2.7:8080'],
])('what listens on %s is reached at %s', (host, url) => {
  expect(urlOf(nearHost(host), 8080)).toBe(url);
  expect(new URL(url).port).toBe('8080');
});
