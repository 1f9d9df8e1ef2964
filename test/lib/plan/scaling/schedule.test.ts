import { describe, expect, it } from 'vitest';
import { scheduleOf } from '#lib/plan/scaling/schedule';

const week = (at: (hour: number, day: number) => number) =>
  Array.from({ length: 168 }, (_, hour) => at(hour % 24, Math.floor(hour / 24)));
const WORKING = ['mon', 'tue', 'wed', 'thu', 'fri'];

describe('a schedule of replicas', () => {
  it('starts before the hour and stops with it, once for days that are alike', () => {
    const office = week((hour, day) => (day < 5 && hour >= 9 && hour < 17 ? 6 : 1));
    expect(scheduleOf(office, 434)).toEqual([
      { days: WORKING, at: '08:52', replicas: 6 },
      { days: WORKING, at: '17:00', replicas: 1 },
    ]);
  });

  it('starts for Monday on Sunday night', () => {
    const always = week((hour, day) => (day === 0 && hour === 0 ? 2 : 1));
    expect(scheduleOf(always, 600)).toEqual([
      { days: ['mon'], at: '01:00', replicas: 1 },
      { days: ['sun'], at: '23:50', replicas: 2 },
    ]);
  });

  it('does not stop what the next hours need again before it could have started', () => {
    const twice = week((hour, day) => (day === 2 && (hour === 9 || hour === 11) ? 3 : 1));
    expect(scheduleOf(twice, 3700)).toEqual([
      { days: ['wed'], at: '07:58', replicas: 3 },
      { days: ['wed'], at: '12:00', replicas: 1 },
    ]);
  });

  it('has no step where every hour needs the same', () => {
    expect(
      scheduleOf(
        week(() => 4),
        434,
      ),
    ).toEqual([]);
  });
});
