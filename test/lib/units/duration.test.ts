import { expect, it } from 'vitest';
import { duration } from '#lib/units/duration';

it.each([
  [0.44, '0.4 s'],
  [119, '119 s'],
  [300, '5 min'],
  [1181, '20 min'],
  [9000, '2.5 h'],
])('%d seconds are shown as %s', (seconds, shown) => {
  expect(duration(seconds)).toBe(shown);
});
