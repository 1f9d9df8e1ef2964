import { array, assert, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contradictionOfProfile, hourlyRates } from '#lib/spec/schema/traffic-profile';
import { readEnvironment } from '#lib/spec/reading/read-environment';
import { memoryFiles, problemsIn, SMALL } from '../memory-files';

const read = (text: string) => readEnvironment('e.yaml', memoryFiles({ 'e.yaml': text }));
const profiled = (profile: string) => SMALL.replace('inputTokens', `profile: ${profile}\n      inputTokens`);
const day = (weightAt: (hour: number) => number) =>
  `[${Array.from({ length: 24 }, (_, hour) => weightAt(hour)).join(', ')}]`;

describe('traffic.profile', () => {
  it('is data of the environment, and leaves mean and peak alone', () => {
    const { traffic } = read(profiled(`{ workingDay: ${day((hour) => 10 + hour)} }`)).environment.scenarios[
      'chat'
    ] ?? { traffic: undefined };
    expect(traffic?.requestsPerSecond).toEqual({ mean: 1, peak: 2 });
    expect(traffic?.profile?.workingDay.slice(0, 3)).toEqual([10, 11, 12]);
    expect(traffic?.profile?.weekendDay).toBeUndefined();
  });

  it('suggests no key for two that are misspelt', () => {
    const fixes = problemsIn(() => read(profiled(`{ weekday: ${day(() => 1)}, weekend: ${day(() => 1)} }`)));
    const unknown = fixes.filter(({ code }) => code === 'UNKNOWN_KEY');
    expect(unknown.map(({ got, fix }) => [got, /workingDay|weekendDay/.exec(fix)?.[0]])).toEqual([
      ['"weekday"', 'workingDay'],
      ['"weekend"', 'weekendDay'],
    ]);
  });

  it('needs 24 hours', () => {
    expect(problemsIn(() => read(profiled('{ workingDay: [1, 2, 3] }')))).toMatchObject([
      { code: 'OUT_OF_RANGE', at: 'e.yaml:8:30', expected: expect.stringContaining('24') },
    ]);
  });

  it('cannot be silent all week', () => {
    expect(problemsIn(() => read(profiled(`{ workingDay: ${day(() => 0)} }`)))).toMatchObject([
      { code: 'CONFLICT', expected: 'an hour with a weight above 0' },
    ]);
  });

  it('cannot have an hour that is busier than the busiest minute', () => {
    const problems = problemsIn(() =>
      read(profiled(`{ workingDay: ${day((hour) => (hour === 9 ? 1 : 0))} }`)),
    );
    // One hour of the day carries all of it: 24 requests/s in that hour for a mean of 1.
    expect(problems).toMatchObject([
      { code: 'CONFLICT', at: 'e.yaml:8:16', expected: expect.stringMatching(/it has 24$/) },
    ]);
  });
});

describe('hourlyRates', () => {
  const weights = array(double({ min: 0, max: 1000, noNaN: true }), { minLength: 24, maxLength: 24 }).filter(
    (all) => all.some((weight) => weight > 1e-3),
  );

  it('has the mean over five working days and two others, whatever the weights', () => {
    assert(
      property(weights, weights, double({ min: 0.01, max: 1000, noNaN: true }), (one, two, mean) => {
        const { workingDay, weekendDay } = hourlyRates(mean, { workingDay: one, weekendDay: two });
        const sum = (rates: readonly number[]) => rates.reduce((total, rate) => total + rate, 0);
        expect((5 * sum(workingDay) + 2 * sum(weekendDay)) / 168 / mean).toBeCloseTo(1, 9);
      }),
    );
  });

  it('gives half of a working day to a weekend day of half its weights', () => {
    const { workingDay, weekendDay } = hourlyRates(6, {
      workingDay: Array.from({ length: 24 }, () => 2),
      weekendDay: Array.from({ length: 24 }, () => 1),
    });
    // 168 × 6 = 5 × 24 × w + 2 × 24 × w ÷ 2: w = 7.
    expect([workingDay[0], weekendDay[23]]).toEqual([7, 3.5]);
  });

  it('contradicts a peak below its busiest hour by more than rounding', () => {
    const profile = { workingDay: Array.from({ length: 24 }, (_, hour) => (hour < 12 ? 1 : 3)) };
    expect(contradictionOfProfile({ mean: 2, peak: 2.98 }, profile)).toBeNull();
    expect(contradictionOfProfile({ mean: 2, peak: 2.9 }, profile)).toMatch(/it has 3$/);
  });
});
