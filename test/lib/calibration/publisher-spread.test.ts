import { describe, expect, it } from 'vitest';
import { bandSteps } from '#lib/calibration/band-steps';
import type { LeftOut } from '#lib/calibration/cross-validation';
import { publisherSpread } from '#lib/calibration/publisher-spread';

/** A left-out run of which only its misses and its publisher's name count here. */
function leftOut(publisher: string, throughput: number, unexplained = 1): LeftOut {
  const misses = { throughput, tpot: null, ttft: null };
  const run = { source: publisher } as LeftOut['run'];
  return { run, misses, plainMisses: misses, unexplained, versionless: { misses, unexplained } };
}

const publisherOf = ({ run }: LeftOut) => run.source;
const around = (publisher: string, middle: number) =>
  [-0.1, 0, 0.1].map((each) => leftOut(publisher, middle + each));

describe('what separates publishers', () => {
  it('is 1.28 × the root mean square of their medians', () => {
    const three = [...around('a', 0.1), ...around('b', -0.05), ...around('c', 0.02)];
    const square = (0.1 ** 2 + 0.05 ** 2 + 0.02 ** 2) / 3;
    expect(publisherSpread(three, publisherOf).throughput).toBeCloseTo(1.282 * Math.sqrt(square), 9);
  });

  it('is the more, the further one of them is off', () => {
    const two = [...around('a', 0.1), ...around('b', -0.1)];
    expect(publisherSpread([...two, ...around('c', 0.3)], publisherOf).throughput).toBeGreaterThan(
      publisherSpread(two, publisherOf).throughput,
    );
  });

  it('is nothing of what was not measured', () => {
    expect(publisherSpread(around('a', 0.1), publisherOf).ttft).toBe(0);
  });

  it('widens the band where nothing was measured nearby, by squares, and no other', () => {
    const runs = Array.from({ length: 101 }, (_, index) => (index - 50) / 100).flatMap((miss) => [
      leftOut('a', miss / 5, 0.1),
      leftOut('a', miss, 0.99),
    ]);
    const plain = bandSteps(runs);
    const wide = bandSteps(runs, undefined, { throughput: 0.3, tpot: 0, ttft: 0 });
    expect(wide.throughput.slice(0, -1)).toEqual(plain.throughput.slice(0, -1));
    // The 90 % quantile is 0.4, and 0.4² + 0.3² = 0.5².
    expect(wide.throughput.at(-1)?.p90).toBeCloseTo(Math.exp(0.5), 2);
    expect(wide.throughput.at(-1)?.p10).toBeCloseTo(Math.exp(-0.5), 2);
  });
});
