import type { Frame, FrameOptions, Host } from './host.ts';
import type { ContainerElement } from './types.ts';

/** The page that runs this script; `undefined` where there is none, such as on a server that renders pages. */
export function browserHost(): Host | undefined {
  if (typeof window === 'undefined' || typeof MessageChannel === 'undefined') return undefined;
  return {
    window,
    language: navigator.language,
    setTimer: (callback, delayMs) => {
      const id = setTimeout(callback, delayMs);
      return () => clearTimeout(id);
    },
    // Not `randomUUID`: pages over plain http lack it.
    randomId: () =>
      Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(''),
    find: (selector) => {
      try {
        return document.querySelector(selector);
      } catch {
        return null;
      }
    },
    isHidden: (container) => getComputedStyle(container as Element).visibility !== 'visible',
    mountFrame,
    report: (error) => {
      setTimeout(() => {
        throw error;
      });
    },
  };
}

function mountFrame(container: ContainerElement, { src, width, height, onLoad }: FrameOptions): Frame {
  const frame = document.createElement('iframe');
  const setSize = (nextWidth: string, nextHeight: string): void => {
    frame.style.width = nextWidth;
    frame.style.height = nextHeight;
  };
  frame.title = 'Trading terminal';
  frame.allow = 'clipboard-write; fullscreen';
  frame.style.border = '0';
  frame.style.display = 'block';
  setSize(width, height);
  frame.addEventListener('load', onLoad);
  frame.src = src;
  // In a page every container is an element.
  (container as Element).append(frame);
  return {
    get contentWindow() {
      return frame.contentWindow;
    },
    setSize,
    remove: () => {
      frame.removeEventListener('load', onLoad);
      frame.remove();
    },
  };
}
