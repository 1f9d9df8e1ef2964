import { describe, expect, it } from 'vitest';
import { calculate } from './worked-calculation';
import examples from './worked-examples.json';

describe('worked examples', () => {
  it('covers all 51', () => {
    expect(examples).toHaveLength(51);
  });

  it.each(examples.map((example) => [example.id, example] as const))('meets %s', (_id, example) => {
    const got = calculate(example.kind, example.inputs);
    const misses = Object.entries<unknown>(example.expected).filter(
      ([key, value]) => !isMet(got[key], value, example.tolerance_share),
    );
    expect(misses.map(([key, value]) => ({ key, expected: value, got: got[key] }))).toEqual([]);
  });
});

/** Figures are written with few digits: half a unit of the last one is no error. */
function isMet(got: unknown, expected: unknown, toleranceShare: number): boolean {
  if (typeof expected !== 'number') return got === expected;
  const slack = Math.max(Math.abs(expected) * toleranceShare, lastDigit(expected) / 2 + 1e-9);
  return typeof got === 'number' && Math.abs(got - expected) <= slack;
}

function lastDigit(value: number): number {
  const decimals = /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0;
  return decimals === 0 ? 0 : 10 ** -decimals;
}
