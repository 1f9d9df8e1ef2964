import { describe, expect, it } from 'vitest';
import { refreshOfSize } from '../_support/refresh-process';

/** A fifth of a real list: memory grows with what is kept of it, a price for each type and term. */
const LIST_MEGABYTES = 60;
const LIMIT_MEGABYTES = 320;

describe('a refresh of a large price list', () => {
  it(`holds no more than ${LIMIT_MEGABYTES} MB for ${LIST_MEGABYTES} MB of products and terms`, async () => {
    const source = ['--conditions=source', '--import', 'tsx', 'bin/landfall.ts'];
    const { code, parts, list, peakMegabytes } = await refreshOfSize(LIST_MEGABYTES, source);
    expect(code).toBe(0);
    expect(list?.bytes).toBeGreaterThan(LIST_MEGABYTES * 1e6 * 0.99);
    // Of each type the price on demand, and reservations without upfront payment for one year and for three.
    expect(parts[0]).toMatchObject({
      part: 'AmazonEC2/us-east-1',
      state: 'written',
      prices: 3 * (list?.types ?? 0),
    });
    expect(peakMegabytes).toBeLessThan(LIMIT_MEGABYTES);
  });
});
