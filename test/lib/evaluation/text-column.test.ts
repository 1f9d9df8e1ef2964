import { describe, expect, it } from 'vitest';
import { RepeatedTextColumn, TextColumn } from '#lib/evaluation/text-column';

const ODD = ['', 'Zürich', '模型', '👩‍🔬', '\uFEFFmarked', '', 'x'.repeat(3_000_000), 'after'];

describe('a column of texts', () => {
  it('gives back what was added, whatever its length and letters, and nothing beyond', () => {
    const column = new TextColumn();
    for (const text of ODD) column.add(text);
    expect(column.length).toBe(ODD.length);
    expect(ODD.map((_, index) => column.at(index))).toEqual(ODD);
    expect(column.at(ODD.length)).toBe('');
  });

  it('gives them back over the borders of its chunks', () => {
    const column = new TextColumn();
    const count = 60_000;
    const text = (index: number) => `2026-03-25-deepseek-r1-b200-${'é'.repeat(index % 7)}${index}`;
    for (let index = 0; index < count; index += 1) column.add(text(index));
    const wrong = Array.from({ length: count }, (_, index) => index).filter(
      (index) => column.at(index) !== text(index),
    );
    expect(wrong).toEqual([]);
  });

  it('of which few differ, also where more differ than are found again', () => {
    const column = new RepeatedTextColumn();
    const texts = Array.from({ length: 5000 }, (_, index) => `reason ${index % 2 === 0 ? 0 : index % 1501}`);
    for (const text of texts) column.add(text);
    expect(column.length).toBe(5000);
    expect(texts.map((_, index) => column.at(index))).toEqual(texts);
    expect(column.at(5000)).toBe('');
  });
});
