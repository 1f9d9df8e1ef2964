import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostWithin, standing } from '#lib/plan/scaling/standing';
import { curveOf, hoursAbove } from '#lib/targets/port/node-curve';

const WEEK = 168;
const weekOf = (at: Readonly<Record<number, number>>, otherwise = 0) =>
  Array.from({ length: WEEK }, (_, hour) => at[hour] ?? otherwise);
const hours = (needed: readonly number[], leadHours = 0, lingerHours = 0) =>
  (hoursAbove(curveOf(standing(needed, { leadHours, lingerHours })), 0) * WEEK) / 730;

describe('replicas that stand over a week', () => {
  it('are those of each hour where they come and go at once', () => {
    expect(hours(weekOf({ 9: 3, 10: 5 }, 1))).toBeCloseTo(166 + 3 + 5, 9);
  });

  it('start before the hour that needs them and stay after it', () => {
    // Five replicas from 9:00 to 10:00, started at 8:45 and gone at 10:20: 1.583 h of them.
    expect(hours(weekOf({ 9: 5 }), 0.25, 1 / 3)).toBeCloseTo(5 * (1 + 0.25 + 1 / 3), 9);
  });

  it('stay on over a gap that is shorter than the time they stay', () => {
    expect(hours(weekOf({ 9: 2, 11: 2 }), 0, 1)).toBeCloseTo(2 * 4, 9);
    expect(hours(weekOf({ 9: 2, 12: 2 }), 0.5, 1.75)).toBeCloseTo(2 * 6.25, 9);
  });

  it('reach over midnight on Sunday', () => {
    expect(hours(weekOf({ 167: 1 }), 0, 2)).toBeCloseTo(3, 9);
    expect(mostWithin(weekOf({ 0: 7 }), 166.5, 168.5)).toBe(7);
  });

  it('fill a month, whatever the paces', () => {
    const pace = fc.double({ min: 0, max: 30, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: WEEK, maxLength: WEEK }),
        pace,
        pace,
        (needed, leadHours, lingerHours) => {
          const curve = curveOf(standing(needed, { leadHours, lingerHours }));
          expect(curve.reduce((sum, { hoursPerMonth }) => sum + hoursPerMonth, 0)).toBeCloseTo(730, 6);
          const least = needed.reduce((sum, count) => sum + count, 0);
          expect(hours(needed, leadHours, lingerHours)).toBeGreaterThanOrEqual(least - 1e-6);
          expect(Math.max(...curve.map(({ nodes }) => nodes))).toBe(Math.max(...needed));
        },
      ),
      { numRuns: 50 },
    );
  });
});
