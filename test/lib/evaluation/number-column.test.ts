import { describe, expect, it } from 'vitest';
import { NumberColumn } from '#lib/evaluation/number-column';

describe('a column of numbers', () => {
  it('gives back what was added, over the borders of its chunks, and nothing beyond', () => {
    const column = new NumberColumn();
    const count = 2 ** 16 + 3;
    for (let index = 0; index < count; index += 1) column.add(index / 3);
    expect(column.length).toBe(count);
    for (const index of [0, 1, 2 ** 16 - 1, 2 ** 16, count - 1]) expect(column.at(index)).toBe(index / 3);
    expect(column.at(count)).toBeNaN();
    expect(new NumberColumn().at(0)).toBeNaN();
  });
});
