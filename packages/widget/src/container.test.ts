import { settle } from '@openvenue/bridge/testing';
import { describe, expect, it } from 'vitest';
import { FakePage } from './testing/fake-page.ts';
import { record } from './testing/record.ts';

const prepared = (change: object): FakePage => {
  const page = new FakePage();
  Object.assign(page.element, change);
  return page;
};

describe('the container', () => {
  it('can be given by selector or as the element', () => {
    const bySelector = record({});
    expect(bySelector.page.frame.container).toBe(bySelector.page.element);
    const page = new FakePage();
    expect(record({}, page.element, page).page.frame.container).toBe(page.element);
  });

  it.each([
    ['#nowhere', "the container '#nowhere' was not found in the page"],
    ['', "the container '' was not found in the page"],
    [null, 'the container was not found in the page'],
    [{ current: null }, 'the container was not found in the page'],
    [42, 'the container was not found in the page'],
  ])('that is %j is container_not_found', async (target, message) => {
    const page = new FakePage();
    const { errors, messages, widget } = record({}, target, page);
    await settle();
    expect(errors()).toEqual(['container_not_found']);
    expect(messages()).toEqual([message]);
    expect(widget.getState()).toBe('error');
    expect(page.frames).toEqual([]);
  });

  it('that is not in the page is container_not_found', async () => {
    const { errors } = record({}, '#trading', prepared({ isConnected: false }));
    await settle();
    expect(errors()).toEqual(['container_not_found']);
  });

  it.each([
    ['not rendered', { rendered: false }, "the container '#trading' is not visible"],
    ['hidden', { hidden: true }, "the container '#trading' is not visible"],
    ['without height', { height: 0 }, /^the container '#trading' has no height/],
  ])('that is %s is container_no_size', async (_title, change, message) => {
    const { page, errors, messages } = record({}, '#trading', prepared(change));
    await settle();
    expect(errors()).toEqual(['container_no_size']);
    expect(messages()[0]).toMatch(message);
    expect(page.frames).toEqual([]);
  });

  it('needs no height of its own when the options give one', async () => {
    const { page, widget } = record({ height: 600 }, '#trading', prepared({ height: 0 }));
    expect(page.frame.height).toBe('600px');
    widget.destroy();
    const relative = record({ height: '50%' }, '#trading', prepared({ height: 0 }));
    await settle();
    expect(relative.errors()).toEqual(['container_no_size']);
  });

  it('is looked for again by reload', async () => {
    const { page, widget } = record({}, '#trading', prepared({ height: 0 }));
    await settle();
    page.element.height = 600;
    widget.reload();
    expect(widget.getState()).toBe('loading');
    expect(page.frames).toHaveLength(1);
    widget.destroy();
  });
});
