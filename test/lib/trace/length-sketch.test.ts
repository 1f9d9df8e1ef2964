import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LengthSketch, MAXIMUM_TOKENS, PERCENTILE_ERROR } from '#lib/trace/length-sketch';

const lengths = fc.array(
  fc.oneof(fc.nat(20), fc.nat(5000), fc.nat(MAXIMUM_TOKENS), fc.constant(MAXIMUM_TOKENS)),
  { minLength: 1, maxLength: 300 },
);

function sketchOf(values: readonly number[]): LengthSketch {
  const sketch = new LengthSketch();
  for (const value of values) sketch.add(value);
  return sketch;
}

describe('a sketch of lengths', () => {
  it('has every percentile within the stated error of the true one', () => {
    fc.assert(
      fc.property(lengths, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const sorted = values.toSorted((a, b) => a - b);
        const truth = sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? Number.NaN;
        const found = sketchOf(values).percentile(share);
        expect(Math.abs(found - truth)).toBeLessThanOrEqual(truth * PERCENTILE_ERROR * 1.000_001);
      }),
    );
  });

  it('has short lengths exactly', () => {
    for (let tokens = 0; tokens < 100; tokens += 1)
      expect(sketchOf([tokens, 1e6]).percentile(0.5)).toBe(tokens);
  });

  it('merges into the sketch of both', () => {
    fc.assert(
      fc.property(lengths, lengths, (left, right) => {
        const merged = sketchOf(left);
        merged.merge(sketchOf(right));
        const [both, summary] = [sketchOf([...left, ...right]).summary(), merged.summary()];
        expect({ ...summary, mean: 0, coefficientOfVariation: 0 }).toEqual({
          ...both,
          mean: 0,
          coefficientOfVariation: 0,
        });
        expect(summary.mean).toBeCloseTo(both.mean, 4);
        expect(summary.coefficientOfVariation).toBeCloseTo(both.coefficientOfVariation, 6);
      }),
    );
  });

  it('knows nothing of lengths it never saw', () => {
    expect(new LengthSketch().summary()).toMatchObject({ mean: 0, p50: 0, p99: 0, max: 0 });
    const empty = new LengthSketch();
    empty.merge(new LengthSketch());
    expect(empty.percentile(0.9)).toBe(0);
  });
});
