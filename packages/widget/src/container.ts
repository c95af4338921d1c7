import type { Host } from './host.ts';
import type { ContainerElement, WidgetError } from './types.ts';

type Found =
  | { readonly ok: true; readonly container: ContainerElement }
  | { readonly ok: false; readonly error: WidgetError };

/** The element to fill. It must be in the page, visible, and have a height unless `height` (a CSS length) gives one. */
export function findContainer(host: Host, target: unknown, height: string): Found {
  const named = typeof target === 'string';
  const container = named ? host.find(target) : target;
  const name = named ? `the container '${target}'` : 'the container';
  if (!isContainer(container) || !container.isConnected) {
    const message = `${name} was not found in the page`;
    return { ok: false, error: { code: 'container_not_found', message } };
  }
  const noSize = (message: string): Found => ({ ok: false, error: { code: 'container_no_size', message } });
  if (container.getClientRects().length === 0 || host.isHidden(container)) return noSize(`${name} is not visible`);
  if (height.endsWith('%') && !(container.getBoundingClientRect().height > 0)) {
    return noSize(`${name} has no height: give it one by CSS, or give the option height`);
  }
  return { ok: true, container };
}

function isContainer(value: unknown): value is ContainerElement {
  return typeof value === 'object' && value !== null && 'isConnected' in value && 'getClientRects' in value;
}
