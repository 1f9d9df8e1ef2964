import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isEqual, nvidiaYear, PUBLISHED_CASES, publishedTable } from './published-cases';

describe('the published cases', () => {
  it('come out as printed, but for two that cut digits off and one that was rounded before', () => {
    expect(PUBLISHED_CASES.filter((one) => !isEqual(one)).map(({ what }) => what)).toEqual([
      'break-even against 77.43 USD/h',
      'five years of the cloud',
      'Kimi K2 against Opus 4',
    ]);
  });

  it.each(PUBLISHED_CASES)(
    '$who: $what is within one of the last printed digit',
    ({ theirs, ours, decimals }) => {
      expect(Math.abs(ours - theirs)).toBeLessThan(1.15 * 10 ** -decimals);
    },
  );

  it('of NVIDIA is 119,000 USD a year with a licence for each of eight GPUs, as they are sold', () => {
    expect(nvidiaYear(8)).toBeCloseTo(119_000, 0);
  });

  it('stand in the method as they are computed', () => {
    const cells = (text: string) => text.replaceAll(/[ -]+/g, ' ');
    expect(cells(readFileSync('docs/method.md', 'utf8'))).toContain(cells(publishedTable()).trimEnd());
  });
});
