import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alarming, priceMoves } from '#lib/catalog/price-moves';
import { priceId, type PriceRecord } from '#lib/catalog/prices';
import { P5 } from '../../_support/price-files';

const price = (sku: string, usd: number): PriceRecord => {
  const row = { ...P5, sku, usd };
  return { id: priceId(row), ...row };
};
const list = (usd: number, length = 100) => Array.from({ length }, (_, index) => price(`t${index}`, usd));

const lists = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 9 })), {
  selector: ([sku]) => sku,
});
const records = lists.map((rows) => rows.map(([sku, usd]) => price(`t${sku}`, usd)));

describe('prices moving', () => {
  it('are told apart: moved by how much, added, removed, the same', () => {
    const moves = priceMoves(
      [price('a', 10), price('b', 1), price('gone', 3), price('free', 0)],
      [price('a', 12), price('b', 1), price('new', 4), price('free', 1)],
    );
    expect(moves.moved.map(({ id, change }) => [id.split('/')[2], change])).toEqual([
      ['free', null],
      ['a', 0.2],
    ]);
    expect(moves.added.map(({ usd }) => usd)).toEqual([4]);
    expect(moves.removed.map(({ usd }) => usd)).toEqual([3]);
    expect(moves.unchanged).toBe(1);
  });

  it('account for every price of both lists', () => {
    fc.assert(
      fc.property(records, records, (before, after) => {
        const { added, removed, moved, unchanged } = priceMoves(before, after);
        expect(removed.length + moved.length + unchanged).toBe(before.length);
        expect(added.length + moved.length + unchanged).toBe(after.length);
      }),
    );
  });

  it('are none from a list to itself', () => {
    fc.assert(
      fc.property(records, (same) => {
        expect(priceMoves(same, same)).toEqual({ added: [], removed: [], moved: [], unchanged: same.length });
      }),
    );
  });
});

describe('an alarming refresh', () => {
  it.each([
    ['a price up by 41 %', [...list(1, 99), price('t99', 1.41)], 'move by more than 40 %'],
    ['a price down by 41 %', [...list(1, 99), price('t99', 0.59)], 'move by more than 40 %'],
    ['six of a hundred lost', list(1, 94), 'no longer listed'],
    ['everything lost', [], 'no longer listed'],
  ])('has %s', (_, after, why) => {
    expect(alarming(priceMoves(list(1), after))).toEqual([expect.stringContaining(why)]);
  });

  it.each([
    ['a price up by 40 %', [...list(1, 99), price('t99', 1.4)]],
    ['five of a hundred lost', list(1, 95)],
    ['any number added', list(1, 500)],
  ])('does not have only %s', (_, after) => {
    expect(alarming(priceMoves(list(1), after))).toEqual([]);
  });

  it('is not the first one: nothing was there to move', () => {
    expect(alarming(priceMoves([], list(1)))).toEqual([]);
  });
});
