import { describe, expect, it } from 'vitest';
import { growthSentences, outgrownAfterMonth } from '#lib/compare/growth-sentences';
import type { OptionRow } from '#lib/compare/comparison';

const growing = { path: { growthPerMonth: 0.02 }, sizeForMonth: 6, horizonMonths: 60 };
const row = (id: string, headroom: number | null, growth: OptionRow['growth']): OptionRow =>
  ({ id, feasible: true, headroom, growth }) as unknown as OptionRow;

const stays = { withoutGrowthMonthlyUsd: 900, fleet: [], stays: true };
const byUse = { withoutGrowthMonthlyUsd: 900, fleet: [], stays: false };
const grows = {
  withoutGrowthMonthlyUsd: 334_268.6,
  fleet: [
    { month: 1, nodes: 25, gpus: 200 },
    { month: 8, nodes: 26, gpus: 208 },
    { month: 60, nodes: 71, gpus: 568 },
  ],
  stays: false,
};

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

  it('has nodes added, says when, and what the bill would be without', () => {
    const [fleets, money, ...rest] = growthSentences([row('a', 0.14, grows), row('d', null, byUse)], growing);
    expect(fleets).toContain('grows to 3.2× by month 60');
    expect(fleets).toContain('a from 25 to 71 from month 8 on (GPU nodes)');
    expect(money).toContain('it would be a 334,269.');
    expect(rest).toEqual([]);
  });

  it('fails where a fleet stays, with the month to which it carries the traffic', () => {
    const [sentence, ...rest] = growthSentences([row('c', 0, stays), row('d', null, byUse)], growing);
    expect(rest).toEqual([]);
    expect(sentence).toContain('c to month 6 within the objectives');
    expect(growthSentences([row('d', null, byUse)], growing)).toEqual([]);
  });
});
