import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browserHost } from './browser-host.ts';
import type { Host } from './host.ts';
import { FakeDocument, type FakeDomElement } from './testing/fake-dom.ts';
import type { ContainerElement } from './types.ts';

let document: FakeDocument;
let host: Host;

beforeEach(() => {
  document = new FakeDocument();
  vi.stubGlobal('window', {});
  vi.stubGlobal('document', document);
  vi.stubGlobal('navigator', { language: 'zh-Hans-CN' });
  vi.stubGlobal('getComputedStyle', ({ visibility }: FakeDomElement) => ({ visibility }));
  const found = browserHost();
  if (found === undefined) throw new Error('there is a page');
  host = found;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const containerOf = (element: FakeDomElement): ContainerElement => element as unknown as ContainerElement;

function mounted() {
  const onLoad = vi.fn();
  const frame = host.mountFrame(containerOf(document.container), {
    src: 'https://venue.example/embed',
    width: '100%',
    height: '600px',
    onLoad,
  });
  const [element] = document.container.children;
  if (element === undefined) throw new Error('there is no iframe');
  return { frame, element, onLoad };
}

describe('the page', () => {
  it('is none on a server, and in a browser without message channels', () => {
    vi.stubGlobal('MessageChannel', undefined);
    expect(browserHost()).toBeUndefined();
    vi.unstubAllGlobals();
    expect(browserHost()).toBeUndefined();
  });

  it('tells its language', () => {
    expect(host.language).toBe('zh-Hans-CN');
  });

  it('finds an element, and nothing by what is no selector', () => {
    expect(host.find('#trading')).toBe(document.container);
    expect(host.find('#nowhere')).toBeNull();
    expect(host.find('???')).toBeNull();
  });

  it('knows what cannot be seen', () => {
    const hidden = { ...document.container, visibility: 'hidden' };
    expect(host.isHidden(containerOf(document.container))).toBe(false);
    expect(host.isHidden(hidden as unknown as ContainerElement)).toBe(true);
  });

  it('makes ids of 128 random bits', () => {
    const ids = Array.from({ length: 100 }, () => host.randomId());
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(ids).size).toBe(100);
  });

  it('calls back after a delay, unless that is called off', () => {
    vi.useFakeTimers();
    const [called, calledOff] = [vi.fn(), vi.fn()];
    host.setTimer(called, 1_000);
    host.setTimer(calledOff, 1_000)();
    vi.advanceTimersByTime(999);
    expect(called).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(called).toHaveBeenCalledOnce();
    expect(calledOff).not.toHaveBeenCalled();
  });

  it('reports an error as one that nobody caught, after its own work', () => {
    vi.useFakeTimers();
    const error = new Error('a handler of the page has failed');
    host.report(error);
    expect(() => vi.runAllTimers()).toThrow(error);
  });
});

describe('the iframe', () => {
  it('fills its container and may use no more than it needs', () => {
    const { element } = mounted();
    expect(element).toMatchObject({
      tagName: 'iframe',
      title: 'Trading terminal',
      src: 'https://venue.example/embed',
      allow: 'clipboard-write; fullscreen',
      style: { width: '100%', height: '600px', border: '0', display: 'block' },
    });
  });

  it('takes another size', () => {
    const { frame, element } = mounted();
    frame.setSize('50%', '400px');
    expect(element.style).toMatchObject({ width: '50%', height: '400px' });
  });

  it('tells of every document that it shows, until it is removed', () => {
    const { frame, element, onLoad } = mounted();
    expect(frame.contentWindow).toBe(element.contentWindow);
    element.dispatch('load');
    element.dispatch('load');
    expect(onLoad).toHaveBeenCalledTimes(2);
    frame.remove();
    element.dispatch('load');
    expect(onLoad).toHaveBeenCalledTimes(2);
    expect(document.container.children).toEqual([]);
  });
});
