import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schedule, type Step } from '#lib/facility/critical-path';
import { exactly } from '#lib/units/band';

const step = (id: string, days: number, ...after: string[]): Step => ({
  id,
  label: id,
  days: exactly(days),
  after,
});

/** Steps that wait for any of those before them. */
const network = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.array(fc.nat({ max: 9 }), { maxLength: 3 })), {
    minLength: 1,
    maxLength: 10,
  })
  .map((drawn) =>
    drawn.map(([days, before], index) =>
      step(`s${index}`, days, ...new Set(before.filter((one) => one < index).map((one) => `s${one}`))),
    ),
  );

describe('a schedule', () => {
  it('takes as long as its longest chain', () => {
    const { days, steps } = schedule([
      step('room', 120),
      step('servers', 126),
      step('rack', 10, 'room', 'servers'),
      step('test', 7, 'rack'),
    ]);
    expect(days.base).toBe(143);
    expect(steps.filter(({ critical }) => critical).map(({ id }) => id)).toEqual(['servers', 'rack', 'test']);
    expect(steps.find(({ id }) => id === 'room')?.slackDays).toBe(6);
  });

  it('grows by exactly what a critical step grows by, and by nothing within the slack of another', () => {
    fc.assert(
      fc.property(network, fc.nat(), (steps, pick) => {
        const before = schedule(steps);
        const chosen = before.steps[pick % before.steps.length];
        if (chosen === undefined) return;
        const slower = (by: number) =>
          schedule(
            steps.map((one) => (one.id === chosen.id ? { ...one, days: exactly(one.days.base + by) } : one)),
          ).days.base;
        expect(slower(chosen.slackDays)).toBe(before.days.base);
        expect(slower(chosen.slackDays + 3)).toBe(before.days.base + 3);
      }),
    );
  });

  it('starts no step before those that it waits for have ended', () => {
    fc.assert(
      fc.property(network, (steps) => {
        const placed = new Map(schedule(steps).steps.map((one) => [one.id, one]));
        for (const { after, startDay } of placed.values()) {
          for (const id of after) {
            expect(startDay.base).toBeGreaterThanOrEqual(placed.get(id)?.endDay.base ?? Infinity);
          }
        }
      }),
    );
  });
});
