import { expect, it } from 'vitest';
import { blockAround, markBlocks } from './blocks.ts';
import { HITS } from './hits.ts';
import { parses } from './syntax.ts';

const TEXT = `function pick(n) {
  if (n < 0) return 'less';
  else if (n > 9) { return 'more'; }
  switch (n) {
    case 0: return 'none';
    case 1:
    case 2: { const twice = (x) => ({ is: x * 2 }); return twice(n).is; }
  }
  for (let i = 0; i < n; i++) if (i === 7) return 'late';
  return [1].map((x) => (y) => x + y).length;
}
`;

/** The texts of the blocks that a call runs. */
function ran(call: string): string[] {
  const { blocks, text } = markBlocks({ path: 'x.ts', text: TEXT }, 100);
  const hits = new Uint8Array(200);
  Object.assign(globalThis, { [HITS]: hits });
  new Function(`${text};${call}`)();
  return blocks.filter((_, i) => hits[100 + i] === 1).map(({ start, end }) => TEXT.slice(start, end).trim());
}

it('every block notes that it has run, and no other does', () => {
  expect(parses(markBlocks({ path: 'x.ts', text: TEXT }, 0).text)).toBe(true);
  expect(ran('')).toEqual([TEXT.trim()]);
  expect(ran('pick(-1)')).toContain(`return 'less';`);
  expect(ran('pick(-1)')).not.toContain(`return 'more';`);
  expect(ran('pick(10)')).toContain(`return 'more';`);
  expect(ran('pick(0)').at(-1)).toBe(`return 'none';`);
  expect(ran('pick(2)')).toContain('{ is: x * 2 }');
  expect(ran('pick(8)')).toContain(`return 'late';`);
  expect(ran('pick(5)')).not.toContain(`return 'late';`);
  expect(ran('pick(5)')).toContain('(y) => x + y');
  expect(ran('pick(5)')).not.toContain('x + y');
});

it('marks change nothing else', () => {
  const { text } = markBlocks({ path: 'x.ts', text: TEXT }, 0);
  Object.assign(globalThis, { [HITS]: new Uint8Array(100) });
  const answers = (program: string): unknown => new Function(`${program};return [-1, 0, 1, 2, 5, 8, 10].map(pick)`)();
  expect(answers(text)).toEqual(answers(TEXT));
  expect(answers(text)).toEqual(['less', 'none', 2, 4, 1, 'late', 'more']);
});

it('a place belongs to the smallest block around it, in its own file', () => {
  const { blocks } = markBlocks({ path: 'x.ts', text: TEXT }, 0);
  const start = TEXT.indexOf(`'none'`);
  const block = blocks[blockAround(blocks, { path: 'x.ts', start, end: start + 6 })];
  expect(TEXT.slice(block?.start, block?.end)).toBe(`return 'none';`);
  expect(blockAround(blocks, { path: 'x.ts', start: 0, end: 8 })).toBe(0);
  expect(() => blockAround(blocks, { path: 'y.ts', start, end: start + 6 })).toThrow(RangeError);
});
