import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OFFICE, REPLICAS_PER_NODE, scaled, scenarioOf } from '../../../_support/scaled';

const HOURS_OF_WEEK = 168;
const BUSY = { mean: 20, peak: 84 } as const;
const AUTOSCALED = { policy: 'autoscaled', cooldownSeconds: 900 } as const;
const SCHEDULED = { policy: 'scheduled' } as const;
const TO_ZERO = { policy: 'scale-to-zero', cooldownSeconds: 900 } as const;
const toMonth = (hoursOfWeek: number) => (hoursOfWeek * 730) / HOURS_OF_WEEK;

const weights = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 24, maxLength: 24 });
const profiles = fc.record({ workingDay: weights, weekendDay: weights });
/** A peak that is so many times the busiest hour. */
function withPeak(profile: typeof OFFICE, mean: number, burst = 1.5) {
  const { workingDay, weekendDay = workingDay } = profile;
  const sum = 5 * workingDay.reduce((a, b) => a + b, 0) + 2 * weekendDay.reduce((a, b) => a + b, 0);
  const busiest = (mean * HOURS_OF_WEEK * Math.max(...workingDay, ...weekendDay)) / sum;
  return scenarioOf({ mean, peak: busiest * burst }, profile);
}

describe('a fleet that follows its load', () => {
  it('runs in each hour what the hour needs: an office needs twelve replicas by day and one by night', () => {
    const { plan, nodes } = scaled(scenarioOf(BUSY), AUTOSCALED);
    const day = OFFICE.workingDay.map((weight) => (weight === 20 ? 12 : 1));
    expect(plan.replicasByHour.workingDay).toEqual(day);
    expect(plan.replicasByHour.weekendDay).toEqual(Array.from({ length: 24 }, () => 1));
    expect(nodes).toBe(12 / REPLICAS_PER_NODE);
  });

  it('is paid for a node always, five more by day, and for as long as they stay', () => {
    const { plan } = scaled(scenarioOf(BUSY), AUTOSCALED);
    expect(plan.nodeHoursPerMonth.base).toBeCloseTo(toMonth(HOURS_OF_WEEK + 5 * 5 * (8 + 0.25)), 3);
    expect(plan.paidShare).toBeCloseTo((168 + 206.25) / (6 * 168), 6);
  });

  it('starts before the hour by a schedule, by as much as a start takes, so that nobody waits', () => {
    const { plan } = scaled(scenarioOf(BUSY), SCHEDULED);
    const lead = plan.coldStartSeconds / 3600;
    // 134 s until the container runs, then the 300 s of the sizing.
    expect(plan.coldStartSeconds).toBe(434);
    expect(plan.nodeHoursPerMonth.base).toBeCloseTo(toMonth(HOURS_OF_WEEK + 5 * 5 * (8 + lead)), 2);
    expect(plan.lateShare).toBe(0);
  });

  it('lets the requests of a start wait: 494 s of the first hour of each working day', () => {
    const { plan } = scaled(scenarioOf(BUSY), AUTOSCALED);
    const ofWeek = 5 * (8 * 20 + 16) + 2 * 24;
    expect(plan.lateShare).toBeCloseTo((5 * 20 * (494 / 3600)) / ofWeek, 6);
  });

  it('lets nobody wait where the replicas before serve the rise within the objectives', () => {
    const gentle = OFFICE.workingDay.map((weight) => (weight === 20 ? 1.4 : 1));
    const { plan } = scaled(withPeak({ workingDay: gentle, weekendDay: gentle }, 20), AUTOSCALED);
    expect(Math.max(...plan.replicasByHour.workingDay)).toBeGreaterThan(
      Math.min(...plan.replicasByHour.workingDay),
    );
    expect(plan.lateShare).toBe(0);
  });

  it('buys fewer late requests by headroom', () => {
    const late = (headroom: number) => scaled(scenarioOf(BUSY), { ...AUTOSCALED, headroom }).plan.lateShare;
    expect(late(0)).toBeGreaterThan(0);
    expect(late(5)).toBeLessThanOrEqual(late(0));
  });

  it('stands all month where nobody says when the peak comes', () => {
    const scenario = { ...scenarioOf(BUSY) };
    const { profile: _, ...traffic } = scenario.traffic;
    const { plan, nodes } = scaled({ ...scenario, traffic }, AUTOSCALED);
    expect(plan.paidShare).toBe(1);
    expect(plan.nodeHoursPerMonth.base).toBeCloseTo(nodes * 730, 6);
  });

  it('is off for most of a quiet night only if it may be at zero, and then wakes for some', () => {
    const quiet = { mean: 0.002, peak: 0.02 };
    const kept = scaled(scenarioOf(quiet), AUTOSCALED).plan;
    const off = scaled(scenarioOf(quiet), TO_ZERO).plan;
    expect(kept.nodeHoursPerMonth.base).toBeCloseTo(730, 6);
    expect(off.paidShare).toBeLessThan(0.8);
    expect(off.lateShare).toBeGreaterThan(0.05);
    expect(off.utilisation).toBeGreaterThan(kept.utilisation);
  });
});

describe('the hours of any fleet', () => {
  it('are never more than those of one that stands, and with zero allowed never more than without', () => {
    fc.assert(
      fc.property(profiles, fc.double({ min: 0.001, max: 40, noNaN: true }), (profile, mean) => {
        const scenario = withPeak(profile, mean);
        const { plan: autoscaled, nodes } = scaled(scenario, AUTOSCALED);
        const { plan: toZero } = scaled(scenario, TO_ZERO);
        const { plan: scheduled } = scaled(scenario, SCHEDULED);
        const fixed = nodes * 730 + 1e-3;
        expect(toZero.nodeHoursPerMonth.base).toBeLessThanOrEqual(autoscaled.nodeHoursPerMonth.base + 1e-3);
        expect(autoscaled.nodeHoursPerMonth.base).toBeLessThanOrEqual(fixed);
        expect(scheduled.nodeHoursPerMonth.base).toBeLessThanOrEqual(fixed);
        expect(toZero.lateShare).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });

  it('are least where the load is flat, but for the one node that rounding up may take', () => {
    const flat = { workingDay: Array.from({ length: 24 }, () => 1) };
    fc.assert(
      fc.property(profiles, fc.double({ min: 1, max: 40, noNaN: true }), (profile, mean) => {
        const hours = (shape: typeof OFFICE) =>
          scaled(withPeak(shape, mean), AUTOSCALED).plan.nodeHoursPerMonth.base;
        expect(hours(flat)).toBeLessThanOrEqual(hours(profile) + 730);
      }),
      { numRuns: 60 },
    );
  });

  it('are never below the share and the nodes that the search counts on', () => {
    fc.assert(
      fc.property(profiles, fc.double({ min: 0.001, max: 40, noNaN: true }), (profile, mean) => {
        const scenario = withPeak(profile, mean);
        for (const policy of [AUTOSCALED, SCHEDULED, TO_ZERO]) {
          const { plan, least } = scaled(scenario, policy);
          expect(plan.paidShare).toBeGreaterThanOrEqual(least.share - 1e-6);
          expect(plan.nodeHoursPerMonth.base / 730).toBeGreaterThanOrEqual(least.nodes - 1e-5);
        }
      }),
      { numRuns: 60 },
    );
  });
});
