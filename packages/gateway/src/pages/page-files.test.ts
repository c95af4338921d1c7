import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PAGE_BYTES_MAX, PAGE_FILES_MAX, readPageFiles } from './page-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'openvenue-page-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const write = (path: string, content: string | Buffer) => writeFileSync(join(folder, path), content);

it('reads a folder with the compressed forms that stand beside their files', () => {
  mkdirSync(join(folder, 'assets'));
  write('assets/a.js', 'a');
  write('assets/a.js.br', 'A');
  write('alone.gz', 'no form of anything');
  const files = readPageFiles(folder);
  expect([...files.keys()].sort()).toEqual(['alone.gz', 'assets/a.js']);
  expect(files.get('assets/a.js')).toMatchObject({
    contentType: 'text/javascript; charset=utf-8',
    compressed: new Map([['br', Buffer.from('A')]]),
  });
  expect(files.get('alone.gz')?.contentType).toBe('application/octet-stream');
  expect(readPageFiles(join(folder, 'nowhere')).size).toBe(0);
});

it(`takes ${PAGE_FILES_MAX} files and not one more`, () => {
  for (let n = 0; n < PAGE_FILES_MAX; n++) write(`${n}.js`, '');
  expect(readPageFiles(folder).size).toBe(PAGE_FILES_MAX);
  write('one-more.js', '');
  expect(() => readPageFiles(folder)).toThrow(RangeError);
});

it('takes no more bytes than it says', () => {
  write('a.js', Buffer.alloc(PAGE_BYTES_MAX));
  expect(readPageFiles(folder).size).toBe(1);
  write('b.js', 'b');
  expect(() => readPageFiles(folder)).toThrow(RangeError);
});
