import { describe, expect, it } from 'vitest';
import { boundedName } from '#constructs/aws/bounded-name';

describe('boundedName', () => {
  it('joins parts that fit', () => {
    expect(boundedName(['support', 'eks'], 32)).toBe('support-eks');
  });

  it('keeps long names within the limit, and apart', () => {
    const long = 'a-very-long-name-of-an-environment';
    const one = boundedName([long, 'one'], 28);
    const two = boundedName([long, 'two'], 28);
    expect(one).not.toBe(two);
    expect(Math.max(one.length, two.length)).toBeLessThanOrEqual(28);
    expect(one).toMatch(/^a-very-long-[a-z-]*[0-9a-f]{8}$/);
  });
});
