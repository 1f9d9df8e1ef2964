import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uniformNumbers } from '#lib/units/random';
import { idleOff } from '#lib/plan/scaling/idle-off';

/** The same server, arrival by arrival. */
function simulated(rate: number, start: number, cooldown: number, arrivals: number) {
  const random = uniformNumbers(7);
  let [now, readyAt, offAt] = [0, 0, 0];
  let [awake, cold] = [0, 0];
  for (let arrival = 0; arrival < arrivals; arrival += 1) {
    now += -Math.log(1 - random()) / rate;
    if (now >= offAt) {
      readyAt = now + start;
      awake += start + cooldown;
      offAt = readyAt + cooldown;
      cold += 1;
    } else {
      if (now < readyAt) cold += 1;
      const until = Math.max(now, readyAt) + cooldown;
      awake += until - offAt;
      offAt = until;
    }
  }
  return { awakeShare: awake / Math.max(now, offAt), coldShare: cold / arrivals };
}

describe('a server that stops when nobody asks', () => {
  it.each([
    [1 / 3600, 300, 600],
    [1 / 600, 300, 600],
    [1 / 120, 60, 300],
  ])('is awake and cold as often as a simulated one at %f requests/s', (rate, start, cooldown) => {
    const found = idleOff(rate, start, cooldown);
    const seen = simulated(rate, start, cooldown, 200_000);
    expect(found.awakeShare / seen.awakeShare).toBeCloseTo(1, 2);
    expect(found.coldShare / seen.coldShare).toBeCloseTo(1, 1);
  });

  it('with six requests an hour is awake for 69 % of the time, and cold for 47 % of them', () => {
    const { awakeShare, coldShare } = idleOff(6 / 3600, 300, 600);
    expect(awakeShare).toBeCloseTo(0.6893, 4);
    expect(coldShare).toBeCloseTo(0.4661, 4);
  });

  it('is off without arrivals and never off under many', () => {
    expect(idleOff(0, 300, 600).awakeShare).toBe(0);
    expect(idleOff(10, 300, 600)).toEqual({ awakeShare: 1, coldShare: 0 });
  });

  it('is paid for less for each request, the more there are', () => {
    const rate = fc.double({ min: 1e-5, max: 0.1, noNaN: true });
    fc.assert(
      fc.property(rate, rate, fc.integer({ min: 60, max: 3600 }), (one, other, cooldown) => {
        const perRequest = (at: number) => idleOff(at, 300, cooldown).awakeShare / at;
        const [fewer, more] = [Math.min(one, other), Math.max(one, other)];
        expect(perRequest(more)).toBeLessThanOrEqual(perRequest(fewer) * (1 + 1e-9));
      }),
    );
  });
});
