import { describe, expect, it } from 'vitest';
import { expiryMs, later, timeFault, timeLeft } from '#lib/lifecycle/expiry';
import { problemOf } from '../../_support/thrown';

describe('the time that a review holds', () => {
  it('is read in minutes, hours and days, up to a week', () => {
    expect(['30m', '24h', '7d'].map((text) => expiryMs(text) / 60_000)).toEqual([30, 1440, 10_080]);
    for (const text of ['', '24', '0h', '8d', '-1h', '1.5h', '1w', '169h'])
      expect(problemOf(() => expiryMs(text))).toMatchObject({ code: 'OUT_OF_RANGE', at: '--expires' });
  });

  const made = {
    createdAt: '2026-11-30T09:00:00Z',
    expiresAt: later('2026-11-30T09:00:00Z', expiryMs('24h')),
  };

  it('ends to the second', () => {
    expect(made.expiresAt).toBe('2026-12-01T09:00:00Z');
    expect(timeFault(made, '2026-12-01T08:59:59Z')).toBeNull();
    expect(timeFault(made, '2026-12-01T09:00:00Z')).toContain('expired');
  });

  it('has begun, but for a clock that runs ahead by minutes', () => {
    expect(timeFault(made, '2026-11-30T08:56:00Z')).toBeNull();
    expect(timeFault(made, '2026-11-30T08:50:00Z')).toContain('yet to come');
  });

  it('is no longer than a week, whatever a bundle says', () => {
    expect(timeFault({ ...made, expiresAt: '2027-11-30T09:00:00Z' }, '2026-11-30T10:00:00Z')).toContain(
      'a week',
    );
  });

  it('is told by what matters', () => {
    expect(timeLeft(made.expiresAt, made.createdAt)).toBe('24 h');
    expect(timeLeft(made.expiresAt, '2026-12-01T08:30:00Z')).toBe('30 min');
  });
});
