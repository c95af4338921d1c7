import { expect, test } from 'vitest';
import { maskedName } from './leader.ts';

test.each([
  ['alice', 'a***e'],
  ['bob', 'b***b'],
  ['al', 'a***'],
  ['a', 'a***'],
  ['', '***'],
  ['王小明', '王***明'],
  ['😀x😀', '😀***😀'],
  ['\u202eevil\u0000\n', 'e***l'],
  [' a b ', 'a***'],
  ['\ud800x', '\ufffd***'],
])('%j is shown as %j', (name, shown) => expect(maskedName(name)).toBe(shown));
