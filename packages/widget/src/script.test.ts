import { settle } from '@openvenue/bridge/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { TradingWidgetLoader } from './loader.ts';
import { FakeDocument, FakeScript } from './testing/fake-dom.ts';

interface Page {
  TradingWidget?: TradingWidgetLoader;
  addEventListener(): void;
  removeEventListener(): void;
}

let page: Page;

beforeEach(() => {
  vi.resetModules();
  page = { addEventListener: () => undefined, removeEventListener: () => undefined };
  vi.stubGlobal('window', page);
  vi.stubGlobal('HTMLScriptElement', FakeScript);
  vi.stubGlobal('navigator', { language: 'en-GB' });
  vi.stubGlobal('getComputedStyle', () => ({ visibility: 'visible' }));
});
afterEach(() => vi.unstubAllGlobals());

/** Runs the script as a page does, and creates one widget without a base URL. */
async function create(currentScript: object | null) {
  const document = new FakeDocument(currentScript);
  const layout = {
    isConnected: true,
    getClientRects: () => [{}],
    getBoundingClientRect: () => ({ width: 8, height: 6 }),
  };
  Object.assign(document.container, layout);
  vi.stubGlobal('document', document);
  await import('./script.ts');
  const errors: string[] = [];
  const widget = page.TradingWidget?.create('#trading', { onError: ({ code }) => errors.push(code) });
  await settle();
  const src = document.container.children[0]?.src;
  widget?.destroy();
  return { src, errors };
}

it('takes the terminal from where the script came from', async () => {
  const { src, errors } = await create(new FakeScript('https://venue.example:8443/sdk/trading-widget/v1/index.js?v=1'));
  expect(src).toMatch(/^https:\/\/venue\.example:8443\/embed\?/);
  expect(errors).toEqual([]);
});

it.each([
  ['a module, which has no current script', null],
  ['an inline script', new FakeScript('')],
  ['a script of an image', { src: 'https://venue.example/index.js' }],
])('needs a base URL in %s', async (_name, currentScript) => {
  const { src, errors } = await create(currentScript);
  expect(src).toBeUndefined();
  expect(errors).toEqual(['invalid_option']);
});

it('leaves one global that cannot be changed', async () => {
  const before = Object.keys(page);
  await create(new FakeScript('https://venue.example/index.js'));
  expect(Object.keys(page).filter((name) => !before.includes(name))).toEqual(['TradingWidget']);
  expect(Object.isFrozen(page.TradingWidget)).toBe(true);
});
