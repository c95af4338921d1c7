/** As much of a document as the widget touches: elements that are found, styled, filled and emptied. */
export class FakeDomElement {
  readonly tagName: string;
  readonly style: Record<string, string> = {};
  readonly children: FakeDomElement[] = [];
  readonly contentWindow = {};
  readonly visibility: string;
  title = '';
  allow = '';
  src = '';
  #parent: FakeDomElement | undefined;
  readonly #listeners = new Map<string, Set<() => void>>();

  constructor(tagName: string, visibility = 'visible') {
    this.tagName = tagName;
    this.visibility = visibility;
  }

  append(child: FakeDomElement): void {
    child.#parent = this;
    this.children.push(child);
  }

  remove(): void {
    const siblings = this.#parent?.children ?? [];
    siblings.splice(siblings.indexOf(this), 1);
    this.#parent = undefined;
  }

  addEventListener(type: string, listener: () => void): void {
    this.#listeners.set(type, (this.#listeners.get(type) ?? new Set()).add(listener));
  }

  removeEventListener(type: string, listener: () => void): void {
    this.#listeners.get(type)?.delete(listener);
  }

  dispatch(type: string): void {
    for (const listener of this.#listeners.get(type) ?? []) listener();
  }
}

/** A script element that runs. */
export class FakeScript {
  readonly src: string;

  constructor(src: string) {
    this.src = src;
  }
}

/** The document of a page with one element, `#trading`. */
export class FakeDocument {
  readonly container = new FakeDomElement('div');
  readonly currentScript: object | null;

  constructor(currentScript: object | null = null) {
    this.currentScript = currentScript;
  }

  createElement(tagName: string): FakeDomElement {
    return new FakeDomElement(tagName);
  }

  /** @throws SyntaxError for a text that is no selector, as a browser does */
  querySelector(selector: string): FakeDomElement | null {
    if (!/^[#.\w-]+$/.test(selector)) throw new SyntaxError(`'${selector}' is not a valid selector`);
    return selector === '#trading' ? this.container : null;
  }
}
