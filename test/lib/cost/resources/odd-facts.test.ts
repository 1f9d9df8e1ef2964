import { describe, expect, it } from 'vitest';
import { Unresolved } from '#lib/artifacts/resource';
import { billOf, estimateOf, resourceOf } from '../../../_support/artifact-bills';

const volume = (size: string | number, address = 'a') =>
  resourceOf('AWS::EC2::Volume', { Size: size, VolumeType: 'gp3' }, address);

describe('a quantity that cannot be meant', () => {
  it.each([
    [-1, 'Size is -1, which no resource can have'],
    [1e13, 'Size is 10000000000000, which no resource can have'],
    [Infinity, 'Size is Infinity, which no resource can have'],
    ['ten', 'Size is no number'],
    [Number.NaN, 'Size is no number'],
    ['', 'Size is not stated'],
  ])('%j makes the resource unpriced, with the reason', (size, basis) => {
    expect(billOf([volume(size)]).lines.map(({ item }) => item)).toMatchObject([
      { state: 'unpriced', monthlyUsd: null, basis },
    ]);
  });
});

describe('a resource of which nothing at hand says how often it stands', () => {
  it('is billed once, and the bill says so', () => {
    const open = { ...volume(100, 'b'), presence: new Unresolved('how often: variable n') };
    const { notes, totals } = estimateOf([volume(100), open]).estimate;
    expect(totals.monthlyUsd.base).toBe(16);
    expect(notes).toContain(
      'counted once each, though the artifacts do not say whether they stand, or how often: b (how often: variable n)',
    );
  });

  it('and without one nothing is said', () => {
    expect(estimateOf([volume(100)]).estimate.notes.join()).not.toContain('counted once');
  });
});

describe('the days of prices', () => {
  it('count the price of a quantity that is assumed, and no assumption', () => {
    // Its root volume is assumed: a price of 2026-09-25 all the same.
    const { prices } = estimateOf([resourceOf('AWS::EC2::Instance', { InstanceType: 'm6i.large' })]).estimate;
    expect([prices.oldestPrice, prices.newestPrice]).toEqual(['2026-07-20', '2026-09-25']);
  });
});
