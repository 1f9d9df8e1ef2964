import { describe, expect, it } from 'vitest';
import { changedPaths } from '#lib/lifecycle/changed-paths';

const placesOf = (before: unknown, after: unknown) => changedPaths(before, after).map(({ path }) => path);

describe('places that differ', () => {
  it('are told as deep as both sides have something there', () => {
    const before = { Properties: { Scaling: { Min: 1, Max: 2 }, Tags: [{ Key: 'a' }, { Key: 'b' }] } };
    const after = {
      Properties: { Scaling: { Min: 1, Max: 4 }, Tags: [{ Key: 'a' }, { Key: 'c' }], New: true },
    };
    expect(placesOf(before, after)).toEqual([
      'Properties.New',
      'Properties.Scaling.Max',
      'Properties.Tags[1].Key',
    ]);
  });

  it('sees booleans, nulls and the order of lists, not the order of keys', () => {
    expect(placesOf({ a: false }, { a: true })).toEqual(['a']);
    expect(placesOf({ a: 0 }, { a: false })).toEqual(['a']);
    expect(placesOf({ a: [1, 2] }, { a: [2, 1] })).toEqual(['a[0]', 'a[1]']);
    expect(placesOf({ a: 1, b: 2 }, { b: 2, a: 1 })).toEqual([]);
  });

  it('never tell a value, nor a key that is no plain word', () => {
    const found = changedPaths({ 'my secret key!': 'hunter2' }, { 'my secret key!': 'hunter3' });
    expect(JSON.stringify(found)).not.toMatch(/secret|hunter/);
    expect(found).toEqual([
      { path: expect.stringMatching(/^key-[0-9a-f]{4}$/), was: expect.stringMatching(/^[0-9a-f]{4}$/) },
    ]);
  });

  it('tell another value before by another fingerprint, and none where nothing stood', () => {
    const [first] = changedPaths({ a: 1 }, { a: 3 });
    const [second] = changedPaths({ a: 2 }, { a: 3 });
    expect(first?.was).not.toBe(second?.was);
    expect(changedPaths({}, { a: 3 })).toEqual([{ path: 'a', was: null }]);
  });

  it('tell what holds them where there are too many', () => {
    const many = (value: number) => ({
      list: Object.fromEntries(Array.from({ length: 99 }, (_, index) => [`k${index}`, value])),
    });
    expect(placesOf(many(1), many(2))).toEqual(['list']);
  });
});
