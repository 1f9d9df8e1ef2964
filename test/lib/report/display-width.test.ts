import stringWidth from 'string-width';
import { expect, it } from 'vitest';

import { displayWidth } from '#lib/report/display-width';

it('every character takes the columns that terminals give it, whether it is ours or not', () => {
  const characters = Array.from({ length: 0xd800 - 0x20 }, (_, index) => String.fromCharCode(0x20 + index));
  expect(characters.filter((one) => displayWidth(one) !== stringWidth(one))).toEqual([]);
  expect(displayWidth('TTFT ≤ 2.0 s · █░│')).toBe(18);
  expect(displayWidth('漢字 é')).toBe(6);
});
