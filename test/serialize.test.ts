import { describe, expect, it } from 'vitest';
import { serialize } from './_support/serialize';

describe('serialize', () => {
  it('gives equal text for equal values in another order', () => {
    expect(serialize({ b: 1, a: [{ d: 2, c: 0.1 + 0.2 }] })).toBe(serialize({ a: [{ c: 0.3, d: 2 }], b: 1 }));
  });

  it('refuses a number that JSON cannot hold', () => {
    expect(() => serialize({ a: Number.NaN })).toThrow('not finite');
  });
});
