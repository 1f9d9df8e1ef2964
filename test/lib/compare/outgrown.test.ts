import { describe, expect, it } from 'vitest';
import { outgrownAfterMonth, outgrownSentence } from '#lib/compare/outgrown';
import type { OptionRow } from '#lib/compare/comparison';

const growing = { path: { growthPerMonth: 0.02 }, sizeForMonth: 6, horizonMonths: 60 };
const row = (id: string, headroom: number | null): OptionRow =>
  ({ id, feasible: true, headroom }) as unknown as OptionRow;

describe('traffic that outgrows a fleet', () => {
  it('is carried until what was bought for a later month and the headroom are used up', () => {
    // ln 1.14 ÷ ln 1.02 = 6.6: six months beyond the sixth.
    expect(outgrownAfterMonth(growing, 0.14)).toBe(12);
    expect(outgrownAfterMonth(growing, 0)).toBe(6);
  });

  it('is no matter without growth, or where the fleet was sized for the last month', () => {
    expect(outgrownAfterMonth({ ...growing, path: { growthPerMonth: 0 } }, 0)).toBeNull();
    expect(outgrownAfterMonth({ ...growing, sizeForMonth: 60 }, 0)).toBeNull();
  });

  it('is told once, fleets of one month together, and never of what is paid by use', () => {
    const [sentence, ...rest] = outgrownSentence(
      [row('a', 0.14), row('b', 0.14), row('c', 0), row('d', null)],
      growing,
    );
    expect(rest).toEqual([]);
    expect(sentence).toContain('grows to 3.2× by month 60');
    expect(sentence).toContain('c to month 6; a, b to month 12.');
    expect(outgrownSentence([row('d', null)], growing)).toEqual([]);
  });
});
